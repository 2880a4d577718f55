using System.ComponentModel.DataAnnotations;

namespace Marketplace.Billing.Journal;

/// <summary>Section <c>Journal</c>.</summary>
internal sealed record JournalOptions
{
    /// <summary>How often new entries are sealed, in milliseconds; default 10000.</summary>
    [Range(10, 3_600_000)]
    public int SealIntervalMilliseconds { get; init; } = 10_000;

    /// <summary>
    /// A file to which every block is written, one a line; best where the database's administrator cannot write.
    /// Default: none.
    /// </summary>
    public string? HeadFile { get; init; }

    public TimeSpan SealInterval => TimeSpan.FromMilliseconds(SealIntervalMilliseconds);
}
