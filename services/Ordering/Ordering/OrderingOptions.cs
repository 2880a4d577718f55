using System.ComponentModel.DataAnnotations;

namespace Marketplace.Ordering;

/// <summary>Section <c>Ordering</c>.</summary>
internal sealed record OrderingOptions
{
    public const string Section = "Ordering";

    /// <summary>How long a quote's price holds, and with it the time to pay, in seconds. Default 600.</summary>
    [Range(1, 86_400)]
    public int QuoteLockSeconds { get; init; } = 600;

    /// <summary>How long all pool checks of a quote may take together, in seconds. Default 15.</summary>
    [Range(1, 18)]
    public int PoolCheckTimeoutSeconds { get; init; } = 15;

    /// <summary>The least of an offer that is sold, in hundredths of a percent. Default 100, one percent.</summary>
    [Range(1, 10_000)]
    public int SmallestShareBasisPoints { get; init; } = 100;

    /// <summary>
    /// How long an unpaid order keeps its hashrate after its time to pay, for a payment whose message is still on its
    /// way, in seconds. Default 60.
    /// </summary>
    [Range(0, 3_600)]
    public int LapseGraceSeconds { get; init; } = 60;

    /// <summary>How often unpaid orders are looked for, in milliseconds. Default 5,000.</summary>
    [Range(20, 600_000)]
    public int LapseCheckMilliseconds { get; init; } = 5_000;

    public TimeSpan QuoteLock => TimeSpan.FromSeconds(QuoteLockSeconds);

    public TimeSpan PoolCheckTimeout => TimeSpan.FromSeconds(PoolCheckTimeoutSeconds);

    public TimeSpan LapseGrace => TimeSpan.FromSeconds(LapseGraceSeconds);
}
