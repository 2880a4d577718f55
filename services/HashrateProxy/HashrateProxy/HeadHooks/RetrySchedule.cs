namespace Marketplace.HashrateProxy.HeadHooks;

/// <summary>When a delivery that failed is tried again, and when no more.</summary>
internal static class RetrySchedule
{
    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Whoever was away for longer reads what is missing from the list.</summary>
    public static readonly TimeSpan LongestFailure = TimeSpan.FromDays(1);

    /// <summary>More than fit into the longest failure, unless somebody turns clocks.</summary>
    public const int MaxAttempts = 50;

    /// <summary>Twice as long each time.</summary>
    public static TimeSpan WaitAfter(int failedAttempts)
    {
        var doublings = Math.Min(failedAttempts - 1, 20);
        var wait = FirstWait * (1L << doublings);
        return wait < LongestWait ? wait : LongestWait;
    }

    public static bool IsGivenUp(int failedAttempts, TimeSpan failing) =>
        failedAttempts >= MaxAttempts || failing >= LongestFailure;
}
