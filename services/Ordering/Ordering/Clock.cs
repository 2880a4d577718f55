namespace Marketplace.Ordering;

internal static class Clock
{
    /// <summary>
    /// An instant that is kept or sent: in whole milliseconds, since the database would cut ticks that a message
    /// carries.
    /// </summary>
    public static DateTimeOffset NowInMilliseconds(this TimeProvider time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
