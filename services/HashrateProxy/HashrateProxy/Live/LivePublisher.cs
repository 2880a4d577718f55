using System.Text.Json;
using Marketplace.Client;
using Marketplace.Client.Catalog;
using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Routing;
using Marketplace.ServiceDefaults.LiveState;
using Marketplace.ServiceDefaults.Loops;
using Marketplace.Stratum;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Live;

/// <summary>Puts what is seen now where every process can read it. Nothing here is money.</summary>
internal sealed class LivePublisher(
    RouteBook book, ILiveState live, TimeProvider time, IOptions<ProxyOptions> options) : ISupervisedLoop
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(15);

    /// <summary>The last view of a finished contract is kept a little, for whoever watches it end.</summary>
    private static readonly TimeSpan TimeToLiveAfterRelease = TimeSpan.FromMinutes(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var now = time.GetUtcNow();
            foreach (var rig in book.Rigs)
            {
                await PublishAsync(rig, now, cancellationToken);
            }
        }
    }

    private async Task PublishAsync(RigRouter rig, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (rigView, contracts) = rig.Read((workers, routes) => (
            ViewOf(rig, workers, now),
            routes.Where(route => now >= route.Desired.StartAt).Select(route => ViewOf(route, workers, now)).ToList()));
        await SetAsync(LiveGroups.Rig(rig.RigId), rigView, TimeToLive, cancellationToken);
        foreach (var contract in contracts)
        {
            var timeToLive = contract.ReleasedAt is null ? TimeToLive : TimeToLiveAfterRelease;
            await SetAsync(LiveGroups.Contract(contract.ContractId), contract, timeToLive, cancellationToken);
        }
    }

    private Task SetAsync<TView>(string group, TView view, TimeSpan timeToLive, CancellationToken cancellationToken) =>
        live.SetAsync(
            group,
            options.Value.NodeName,
            JsonSerializer.Serialize(view, ApiChannel.Json),
            timeToLive,
            cancellationToken);

    private static RigLive ViewOf(RigRouter rig, IReadOnlyList<WorkerConnection> workers, DateTimeOffset now)
    {
        var (oneMinute, fiveMinutes) = rig.Meter.Read(now);
        return new RigLive(
            rig.RigId,
            workers.Count,
            Measured(oneMinute),
            Measured(fiveMinutes),
            [.. workers.Select(worker => ViewOf(worker, now))],
            now);
    }

    private static WorkerLive ViewOf(WorkerConnection worker, DateTimeOffset now)
    {
        var seen = worker.Snapshot(now);
        return new WorkerLive(
            worker.Handshake.FirstName,
            worker.Handshake.Firmware,
            worker.Source is null ? "waiting" : worker.Source.ContractId is null ? "own-pool" : "contract",
            seen.OneMinute,
            seen.Difficulty,
            seen.AcceptedShares,
            seen.RejectedShares,
            worker.Switches,
            worker.ConnectedAt,
            worker.LastShareAt);
    }

    private static ContractLive ViewOf(ContractRoute route, IReadOnlyList<WorkerConnection> workers, DateTimeOffset now)
    {
        var seen = route.Source.Meter.Snapshot(now);
        return new ContractLive(
            route.Id,
            workers.Count(worker => worker.Source == route.Source),
            Measured(seen.OneMinute),
            Measured(seen.FiveMinutes),
            seen.Proved,
            route.PromisedSoFar(now),
            route.Source.Active(now)?.Target.Url.ToString() ?? "",
            seen.SharesByVerdict.GetValueOrDefault(ShareVerdict.Accepted),
            seen.SharesByVerdict.Where(pair => pair.Key != ShareVerdict.Accepted)
                .ToDictionary(pair => VerdictNames.Of(pair.Key), pair => pair.Value),
            seen.PoolAnswers.Accepted,
            seen.PoolAnswers.Refused,
            seen.PoolAnswers.Unanswered,
            route.Source.FirstJobAt,
            seen.FirstPoolAcceptedAt,
            seen.LastShareAt,
            route.ReleasedAt,
            now);
    }

    private static MeasuredHashrate Measured(WindowReading reading) =>
        new(reading.Hashrate, reading.StartAt, reading.EndAt);
}

internal static class LiveGroups
{
    public static string Rig(RigId id) => $"rig-live:{id}";

    public static string Contract(ContractId id) => $"contract-live:{id}";
}
