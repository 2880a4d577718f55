using System.Text.Json;
using Marketplace.Client;
using Marketplace.HashrateProxy.Routing;
using Marketplace.ServiceDefaults.LiveState;
using Marketplace.ServiceDefaults.Loops;
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

    private readonly ContractViews _contracts = new();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var now = time.GetUtcNow();
            var watched = await live.GetAllAsync(LiveGroups.WatchedRigs, cancellationToken);
            foreach (var rig in book.Rigs)
            {
                var isWatched = watched.ContainsKey(rig.RigId.ToString());
                await PublishAsync(rig, isWatched ? RigViews.MaxWorkers : 0, now, cancellationToken);
            }

            _contracts.ForgetUnseen(now);
        }
    }

    private async Task PublishAsync(
        RigRouter rig, int maxWorkers, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (workerCount, shown, contracts) = rig.Read((workers, routes) => (
            workers.Count,
            workers.Take(maxWorkers).ToList(),
            routes.Where(route => now >= route.Desired.StartAt && route.TookPart)
                .Select(route => _contracts.Of(route, workers, now)).ToList()));
        var rigView = RigViews.Of(rig, workerCount, shown, now);
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
}

internal static class LiveGroups
{
    /// <summary>Rigs that somebody looks at: only theirs are published worker by worker.</summary>
    public const string WatchedRigs = "rigs-watched";

    public static string Rig(RigId id) => $"rig-live:{id}";

    public static string Contract(ContractId id) => $"contract-live:{id}";
}
