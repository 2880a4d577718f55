using System.Text.Json;
using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Routing;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Live;

/// <summary>
/// Contracts as they are shown, and since when their work flows as it does. For one loop; a view is made under the
/// router's lock.
/// </summary>
internal sealed class ContractViews
{
    private readonly Dictionary<ContractId, (FlowWatch Flow, DateTimeOffset SeenAt)> _watched = [];

    public ContractLive Of(ContractRoute route, IReadOnlyList<WorkerConnection> workers, DateTimeOffset now)
    {
        var seen = route.Source.Meter.Snapshot(now);
        var active = route.Source.Active(now);
        var workerCount = workers.Count(worker => worker.Source == route.Source);
        var promised = route.PromisedSoFar(now);
        var isAhead = workers.Count > 0 && seen.Proved > promised;
        return new ContractLive(
            route.Id,
            route.IsPoolAttested,
            workerCount,
            Windows.Measured(seen.Shown[0]),
            Windows.Measured(seen.Shown[1]),
            Windows.Of(seen.Shown, seen.Confirmed),
            FlowOf(route, seen, active is null ? route.Source.Fault : null, workerCount, isAhead, now),
            seen.Proved,
            promised,
            active?.Target.Url.ToString() ?? "",
            seen.SharesByVerdict.GetValueOrDefault(ShareVerdict.Accepted),
            seen.SharesByVerdict.Where(pair => pair.Key != ShareVerdict.Accepted)
                .ToDictionary(pair => VerdictNames.Of(pair.Key), pair => pair.Value),
            seen.PoolAnswers.Accepted,
            seen.PoolAnswers.Refused,
            seen.PoolRefusalsByReason,
            seen.PoolAnswers.Unanswered,
            route.Source.FirstJobAt,
            seen.FirstPoolAcceptedAt,
            seen.LastShareAt,
            route.ReleasedAt,
            now);
    }

    /// <summary>Contracts that this node no longer knows.</summary>
    public void ForgetUnseen(DateTimeOffset now)
    {
        foreach (var (id, _) in _watched.Where(pair => pair.Value.SeenAt != now).ToList())
        {
            _watched.Remove(id);
        }
    }

    private ContractFlow FlowOf(
        ContractRoute route,
        MeterSnapshot seen,
        Fault? poolFault,
        int workerCount,
        bool isAhead,
        DateTimeOffset now)
    {
        var watch = _watched.GetValueOrDefault(route.Id).Flow ?? new FlowWatch();
        _watched[route.Id] = (watch, now);
        var facts = new FlowFacts(
            now - route.Desired.StartAt,
            route.ReleasedAt is not null,
            poolFault,
            workerCount,
            isAhead,
            route.PartAt(now),
            seen.Shown[0],
            seen.Shown[1],
            now - (seen.LastShareAt ?? route.Desired.StartAt));
        var (state, fault) = watch.Update(facts, now);
        return new ContractFlow(NameOf(state), watch.SinceAt, fault is { } who ? NameOf(who) : null);
    }

    private static string NameOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
