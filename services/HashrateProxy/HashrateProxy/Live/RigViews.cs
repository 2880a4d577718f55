using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Routing;

namespace Marketplace.HashrateProxy.Live;

/// <summary>A rig and its workers as they are shown.</summary>
internal static class RigViews
{
    /// <summary>Workers of one node that are shown by name; thousands of them would be megabytes a second.</summary>
    public const int MaxWorkers = 1_000;

    public static RigLive Of(
        RigRouter rig, int workerCount, IReadOnlyList<WorkerConnection> shownWorkers, DateTimeOffset now)
    {
        var shown = rig.Meter.ReadShown(now);
        return new RigLive(
            rig.RigId,
            rig.Algorithm.IsPoolAttested,
            workerCount,
            Windows.Measured(shown[0]),
            Windows.Measured(shown[1]),
            Windows.Of(shown),
            [.. shownWorkers.Select(worker => Of(worker, now))],
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
