using System.Text.Json;
using Marketplace.Client;
using Marketplace.Client.Catalog;
using Marketplace.Client.HashrateProxy;
using Marketplace.ServiceDefaults.LiveState;

namespace Marketplace.HashrateProxy.Live;

/// <summary>What the nodes published last, as one view.</summary>
internal sealed class LiveViews(ILiveState live, TimeProvider time)
{
    /// <summary>A node publishes every second; one that was silent for so long is taken for lost.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(5);

    /// <summary>A rig is published worker by worker for so long after somebody looked at it.</summary>
    private static readonly TimeSpan WatchedFor = TimeSpan.FromSeconds(30);

    /// <summary>Whoever looks first sees the rig's workers a moment later.</summary>
    public async Task<RigLive> RigAsync(RigId rigId, CancellationToken cancellationToken)
    {
        await live.SetAsync(LiveGroups.WatchedRigs, rigId.ToString(), "true", WatchedFor, cancellationToken);
        var views = await ReadAsync<RigLive>(LiveGroups.Rig(rigId), cancellationToken);
        var now = time.GetUtcNow();
        var nothing = new MeasuredHashrate(Hashrate.Zero, now, now);
        return views.Count == 0
            ? new RigLive(rigId, false, 0, nothing, nothing, [], [], now)
            : LiveSums.Of(views);
    }

    /// <summary>Null when nothing of it is seen.</summary>
    public async Task<ContractLive?> ContractAsync(ContractId contractId, CancellationToken cancellationToken)
    {
        var views = await ReadAsync<ContractLive>(LiveGroups.Contract(contractId), cancellationToken);
        if (views.Count == 0)
        {
            return null;
        }

        return LiveSums.Of([.. views.Select(AsSeenNow)]);
    }

    private ContractLive AsSeenNow(ContractLive view)
    {
        var isLost = view.ReleasedAt is null && time.GetUtcNow() - view.SeenAt > StaleAfter;
        return isLost ? view with { Flow = new ContractFlow("stopped", view.SeenAt, "marketplace") } : view;
    }

    private async Task<List<TView>> ReadAsync<TView>(string group, CancellationToken cancellationToken)
    {
        var byNode = await live.GetAllAsync(group, cancellationToken);
        return [.. byNode.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => JsonSerializer.Deserialize<TView>(pair.Value, ApiChannel.Json)!)];
    }
}
