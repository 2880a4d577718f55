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

    /// <summary>A rig's view carries all its workers: with thousands of them it is the dear one.</summary>
    private const int RigViewEvery = 2;

    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(15);

    /// <summary>The last view of a finished contract is kept a little, for whoever watches it end.</summary>
    private static readonly TimeSpan TimeToLiveAfterRelease = TimeSpan.FromMinutes(10);

    private readonly ContractViews _contracts = new();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        for (var tick = 0L; await timer.WaitForNextTickAsync(cancellationToken); tick++)
        {
            var now = time.GetUtcNow();
            foreach (var rig in book.Rigs)
            {
                await PublishAsync(rig, withRig: tick % RigViewEvery == 0, now, cancellationToken);
            }

            _contracts.ForgetUnseen(now);
        }
    }

    private async Task PublishAsync(
        RigRouter rig, bool withRig, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (rigView, contracts) = rig.Read((workers, routes) => (
            withRig ? RigViews.Of(rig, workers, now) : null,
            routes.Where(route => now >= route.Desired.StartAt)
                .Select(route => _contracts.Of(route, workers, now)).ToList()));
        if (rigView is not null)
        {
            await SetAsync(LiveGroups.Rig(rig.RigId), rigView, TimeToLive, cancellationToken);
        }

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
    public static string Rig(RigId id) => $"rig-live:{id}";

    public static string Contract(ContractId id) => $"contract-live:{id}";
}
