using Marketplace.Client.Catalog;
using Marketplace.Client.HashrateProxy;

namespace Marketplace.HashrateProxy.Live;

/// <summary>One view of what several nodes see.</summary>
internal static class LiveSums
{
    public static MeasuredHashrate Of(IEnumerable<MeasuredHashrate> parts) =>
        parts.Aggregate((left, right) => new MeasuredHashrate(
        left.Hashrate + right.Hashrate,
        left.WindowStartAt < right.WindowStartAt ? left.WindowStartAt : right.WindowStartAt,
        left.WindowEndAt > right.WindowEndAt ? left.WindowEndAt : right.WindowEndAt));

    public static RigLive Of(IReadOnlyList<RigLive> nodes) =>
        nodes.Skip(1).Aggregate(nodes[0], (left, right) => left with
    {
        WorkerCount = left.WorkerCount + right.WorkerCount,
        OneMinute = Of([left.OneMinute, right.OneMinute]),
        FiveMinutes = Of([left.FiveMinutes, right.FiveMinutes]),
        Windows = Live.Windows.Sum(left.Windows, right.Windows),
        Workers = [.. left.Workers, .. right.Workers],
        SeenAt = left.SeenAt > right.SeenAt ? left.SeenAt : right.SeenAt,
    });

    public static ContractLive Of(IReadOnlyList<ContractLive> nodes) =>
        nodes.Skip(1).Aggregate(nodes[0], (left, right) => left with
    {
        WorkerCount = left.WorkerCount + right.WorkerCount,
        OneMinute = Of([left.OneMinute, right.OneMinute]),
        FiveMinutes = Of([left.FiveMinutes, right.FiveMinutes]),
        Windows = Live.Windows.Sum(left.Windows, right.Windows),
        Flow = Of(left.Flow, right.Flow),
        ProvedWork = left.ProvedWork + right.ProvedWork,
        PromisedWorkSoFar = left.PromisedWorkSoFar + right.PromisedWorkSoFar,
        ActiveDestination = left.ActiveDestination.Length > 0 ? left.ActiveDestination : right.ActiveDestination,
        AcceptedShares = left.AcceptedShares + right.AcceptedShares,
        RejectedSharesByReason = Of(left.RejectedSharesByReason, right.RejectedSharesByReason),
        PoolAcceptedShares = left.PoolAcceptedShares + right.PoolAcceptedShares,
        PoolRefusedShares = left.PoolRefusedShares + right.PoolRefusedShares,
        PoolRefusedSharesByReason = Of(left.PoolRefusedSharesByReason, right.PoolRefusedSharesByReason),
        PoolUnansweredShares = left.PoolUnansweredShares + right.PoolUnansweredShares,
        FirstJobAt = Earlier(left.FirstJobAt, right.FirstJobAt),
        FirstPoolAcceptedAt = Earlier(left.FirstPoolAcceptedAt, right.FirstPoolAcceptedAt),
        LastShareAt = left.LastShareAt > right.LastShareAt ? left.LastShareAt : right.LastShareAt ?? left.LastShareAt,
        ReleasedAt = left.ReleasedAt is null || right.ReleasedAt is null
            ? null
            : Later(left.ReleasedAt, right.ReleasedAt),
        SeenAt = left.SeenAt > right.SeenAt ? left.SeenAt : right.SeenAt,
    });

    private static Dictionary<string, long> Of(
        IReadOnlyDictionary<string, long> left, IReadOnlyDictionary<string, long> right) =>
        left.Concat(right).GroupBy(pair => pair.Key)
            .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));

    /// <summary>Where it flows on one node and not on another, it is reduced by whoever stopped it there.</summary>
    private static ContractFlow Of(ContractFlow left, ContractFlow right)
    {
        var lesser = left.Fault is null ? right : left;
        var sinceAt = left.SinceAt > right.SinceAt ? left.SinceAt : right.SinceAt;
        return left.State == right.State
            ? left with { SinceAt = sinceAt, Fault = lesser.Fault }
            : new ContractFlow(lesser.Fault is null ? left.State : "reduced", sinceAt, lesser.Fault);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) =>
        left is null || right < left ? right : left;

    private static DateTimeOffset? Later(DateTimeOffset? left, DateTimeOffset? right) => left > right ? left : right;
}
