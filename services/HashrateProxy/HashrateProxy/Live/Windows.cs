using Marketplace.Client.Catalog;
using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Metering;

namespace Marketplace.HashrateProxy.Live;

/// <summary>From what was counted to what is shown, with how sure that is.</summary>
internal static class Windows
{
    /// <summary>So many times the measured rate is shown at most: a handful of shares leaves nearly all open.</summary>
    private const double MaxFactor = 10;

    /// <param name="proved">The windows that are shown, shortest first.</param>
    /// <param name="confirmed">The same windows of what the pool took; null where no pool is asked.</param>
    public static IReadOnlyList<LiveWindow> Of(
        IReadOnlyList<WindowReading> proved, IReadOnlyList<WindowReading>? confirmed = null) =>
    [
        .. proved.Select((reading, index) => Of(WorkWindow.Shown[index], reading, confirmed?[index].Hashrate)),
    ];

    public static MeasuredHashrate Measured(WindowReading reading) =>
        new(reading.Hashrate, reading.StartAt, reading.EndAt);

    /// <summary>One window of what several nodes see; their errors are independent.</summary>
    public static IReadOnlyList<LiveWindow> Sum(IReadOnlyList<LiveWindow> left, IReadOnlyList<LiveWindow> right) =>
        [.. left.Zip(right, Sum)];

    private static LiveWindow Of(TimeSpan window, WindowReading reading, Hashrate? confirmed)
    {
        var (low, high) = ShareInterval.Of(reading.EffectiveShares);
        return new LiveWindow(
            (int)window.TotalMinutes,
            Measured(reading),
            Times(reading.Hashrate, low),
            Times(reading.Hashrate, Math.Min(high, MaxFactor)),
            reading.Shares,
            confirmed);
    }

    private static LiveWindow Sum(LiveWindow left, LiveWindow right)
    {
        var proved = LiveSums.Of([left.Proved, right.Proved]);
        var below = Hypotenuse(left.Proved.Hashrate - left.Lowest, right.Proved.Hashrate - right.Lowest);
        var above = Hypotenuse(left.Highest - left.Proved.Hashrate, right.Highest - right.Proved.Hashrate);
        return new LiveWindow(
            left.Minutes,
            proved,
            below < proved.Hashrate ? proved.Hashrate - below : Hashrate.Zero,
            proved.Hashrate + above,
            left.Shares + right.Shares,
            left.PoolConfirmed is null ? right.PoolConfirmed : left.PoolConfirmed + (right.PoolConfirmed ?? default));
    }

    private static Hashrate Times(Hashrate rate, double factor) =>
        new((UInt128)((double)rate.HashesPerSecond * factor));

    private static Hashrate Hypotenuse(Hashrate left, Hashrate right) =>
        new((UInt128)double.Hypot((double)left.HashesPerSecond, (double)right.HashesPerSecond));
}
