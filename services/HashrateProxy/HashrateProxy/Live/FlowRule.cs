using Marketplace.HashrateProxy.Metering;

namespace Marketplace.HashrateProxy.Live;

internal enum FlowState
{
    /// <summary>The contract has just begun; its first shares are on their way.</summary>
    Starting,
    Arriving,

    /// <summary>Less than promised, by more than chance explains.</summary>
    Reduced,
    Stopped,

    /// <summary>The contract has ended.</summary>
    Over,
}

/// <summary>What is known of a contract's work at one moment.</summary>
/// <param name="Age">Since its start.</param>
/// <param name="IsReleased">Its workers were let go.</param>
/// <param name="PoolFault">Who is at fault that no pool works; null while one does.</param>
/// <param name="Workers">That hash for it now.</param>
/// <param name="IsAhead">
/// It has had more than it was promised by now, so that its rig's workers, of which there are some, may be elsewhere.
/// </param>
/// <param name="Promised">Of this node; zero while other nodes deliver it all.</param>
/// <param name="Silence">Since the last accepted share, or since the start.</param>
internal readonly record struct FlowFacts(
    TimeSpan Age,
    bool IsReleased,
    Fault? PoolFault,
    int Workers,
    bool IsAhead,
    Hashrate Promised,
    WindowReading OneMinute,
    WindowReading FiveMinutes,
    TimeSpan Silence);

/// <summary>
/// Whether a contract's work arrives, and who keeps it from arriving. What has an event is told at once; a silence is
/// told when chance no longer explains it, after ten seconds for a contract with its usual pace of shares. Pure.
/// </summary>
internal static class FlowRule
{
    public static readonly TimeSpan StartGrace = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan ShortestSilence = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    /// <summary>-ln of the chance that shares at their pace leave such a gap.</summary>
    private const double UnlikelyGap = 9.2;

    private const double Sigmas = 3;
    private const double LeastShortfall = 0.05;
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(30);

    public static (FlowState State, Fault? Fault) Of(in FlowFacts facts)
    {
        if (facts.IsReleased)
        {
            return (FlowState.Over, null);
        }

        if (facts.Promised == Hashrate.Zero)
        {
            return (FlowState.Arriving, null);
        }

        if (facts.PoolFault is { } poolFault && facts.Age > StartGrace)
        {
            return (FlowState.Stopped, poolFault);
        }

        if (facts.Workers == 0 && facts.IsAhead)
        {
            return (FlowState.Arriving, null);
        }

        if (facts.Workers == 0 || facts.Silence > LongestCredibleSilence(facts.FiveMinutes))
        {
            return facts.Age > StartGrace ? (FlowState.Stopped, Fault.Seller) : (FlowState.Starting, null);
        }

        return IsReduced(facts) ? (FlowState.Reduced, Fault.Seller)
            : facts.OneMinute.Shares == 0 ? (FlowState.Starting, null)
            : (FlowState.Arriving, null);
    }

    private static TimeSpan LongestCredibleSilence(WindowReading reading)
    {
        var seconds = UnlikelyGap * (reading.EndAt - reading.StartAt).TotalSeconds / Math.Max(1, reading.Shares);
        return TimeSpan.FromSeconds(
            Math.Clamp(seconds, ShortestSilence.TotalSeconds, LongestSilence.TotalSeconds));
    }

    private static bool IsReduced(in FlowFacts facts)
    {
        if (facts.OneMinute.EndAt - facts.OneMinute.StartAt < ShortestWindow)
        {
            return false;
        }

        var measured = (double)facts.OneMinute.Hashrate.HashesPerSecond;
        var promised = (double)facts.Promised.HashesPerSecond;
        var expectedShares = facts.OneMinute.EffectiveShares * promised / Math.Max(1, measured);
        var chance = Sigmas / Math.Sqrt(Math.Max(1, expectedShares));
        return measured < promised * (1 - Math.Max(LeastShortfall, chance));
    }
}

/// <summary>Remembers since when a contract's work flows as it does.</summary>
internal sealed class FlowWatch
{
    private (FlowState State, Fault? Fault)? _current;

    public DateTimeOffset SinceAt { get; private set; }

    public (FlowState State, Fault? Fault) Update(in FlowFacts facts, DateTimeOffset now)
    {
        var flow = FlowRule.Of(facts);
        if (flow != _current)
        {
            (_current, SinceAt) = (flow, now);
        }

        return flow;
    }
}
