namespace Marketplace.Client.Billing;

/// <summary>A month of the books.</summary>
/// <param name="Period"><c>2026-11</c>, in the time zone of the legal entity.</param>
/// <param name="Status"><c>open</c>, <c>soft-closed</c>, <c>closed</c>.</param>
/// <param name="BalancesHash">SHA-256 over the sorted lines <c>account currency units</c> of its trial balance.</param>
/// <param name="Signature">Over <c>period hash block milliseconds</c>, by the key of billing.</param>
/// <param name="BlockNumber">The journal's last block when it was closed.</param>
public sealed record PeriodView(
    string Period,
    string Status,
    AccountId? SoftClosedBy,
    DateTimeOffset? SoftClosedAt,
    AccountId? ClosedBy,
    DateTimeOffset? ClosedAt,
    string? BalancesHash,
    string? Signature,
    long? BlockNumber);
