using System.ComponentModel.DataAnnotations;

namespace Marketplace.Client.Billing;

/// <summary>An entry by hand, to be posted when another person approves it.</summary>
/// <param name="Reason">Why; it becomes the entry's description.</param>
/// <param name="EffectiveAt">When what it books happened.</param>
/// <param name="Postings">A debit is positive; they sum to zero per currency.</param>
public sealed record ProposeEntry(
    [property: Required, StringLength(ProposeEntry.MaxReasonLength, MinimumLength = ProposeEntry.MinReasonLength)]
    string Reason,
    DateTimeOffset EffectiveAt,
    [property: MinLength(2), MaxLength(ProposeEntry.MaxPostings)]
    IReadOnlyList<LedgerPosting> Postings,
    ContractId? ContractId = null)
{
    public const int MinReasonLength = 10;
    public const int MaxReasonLength = 500;
    public const int MaxPostings = 100;
}

/// <summary>The opposite of an entry, to be posted when another person approves it.</summary>
public sealed record ProposeReversal(
    [property: Required, StringLength(ProposeEntry.MaxReasonLength, MinimumLength = ProposeEntry.MinReasonLength)]
    string Reason);

/// <summary>Why a proposal is not posted.</summary>
public sealed record RejectProposal(
    [property: Required, StringLength(ProposeEntry.MaxReasonLength, MinimumLength = ProposeEntry.MinReasonLength)]
    string Reason);

/// <param name="Status"><c>proposed</c>, <c>posted</c>, <c>rejected</c>.</param>
/// <param name="ReversesEntryId">The entry it takes back, if any.</param>
/// <param name="DecidedBy">Never the one who proposed it.</param>
/// <param name="RejectedBecause">What the second person said.</param>
public sealed record EntryProposal(
    Guid Id,
    string Status,
    string Reason,
    DateTimeOffset EffectiveAt,
    ContractId? ContractId,
    IReadOnlyList<LedgerPosting> Postings,
    EntryId? ReversesEntryId,
    AccountId ProposedBy,
    DateTimeOffset ProposedAt,
    AccountId? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? RejectedBecause);
