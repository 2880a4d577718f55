namespace Marketplace.HashrateProxy.Metering;

/// <summary>The fixed interval of meter readings.</summary>
internal static class Minutes
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    public static DateTimeOffset Floor(DateTimeOffset at) =>
        new(at.UtcTicks - at.UtcTicks % Length.Ticks, TimeSpan.Zero);

    /// <summary>How much of the minute lies inside [from, to).</summary>
    public static TimeSpan Overlap(DateTimeOffset minuteAt, DateTimeOffset from, DateTimeOffset to)
    {
        var start = from > minuteAt ? from : minuteAt;
        var end = to < minuteAt + Length ? to : minuteAt + Length;
        return end > start ? end - start : TimeSpan.Zero;
    }
}
