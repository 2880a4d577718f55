using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Routing;

namespace Marketplace.HashrateProxy.Live;

/// <summary>A rig and its workers as they are shown. Called under the router's lock.</summary>
internal static class RigViews
{
    public static RigLive Of(RigRouter rig, IReadOnlyList<WorkerConnection> workers, DateTimeOffset now)
    {
        var shown = rig.Meter.ReadShown(now);
        return new RigLive(
            rig.RigId,
            workers.Count,
            Windows.Measured(shown[0]),
            Windows.Measured(shown[1]),
            Windows.Of(shown),
            [.. workers.Select(worker => Of(worker, now))],
            now);
    }

    private static WorkerLive Of(WorkerConnection worker, DateTimeOffset now)
    {
        var seen = worker.Snapshot(now);
        return new WorkerLive(
            worker.Handshake.FirstName,
            worker.Handshake.Firmware,
            worker.Source is null ? "waiting" : worker.Source.ContractId is null ? "own-pool" : "contract",
            seen.Shown[0].Hashrate,
            Windows.Of(seen.Shown),
            seen.Difficulty,
            seen.AcceptedShares,
            seen.RejectedShares,
            worker.Switches,
            worker.ConnectedAt,
            worker.LastShareAt);
    }
}
