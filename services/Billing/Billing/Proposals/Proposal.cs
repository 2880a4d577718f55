using System.Text.Json;
using Marketplace.Billing.Ledger;
using Marketplace.Client;
using Marketplace.Client.Billing;

namespace Marketplace.Billing.Proposals;

internal enum ProposalStatus
{
    Proposed,
    Posted,
    Rejected,
}

/// <summary>An entry that one person wrote and that is posted only when another one approves it.</summary>
internal sealed class Proposal
{
    private Proposal()
    {
    }

    public ProposalId Id { get; private init; }

    /// <summary>The natural key it will have: two proposals of one reversal cannot both be posted.</summary>
    public string Key { get; private init; } = "";

    public string Reason { get; private init; } = "";

    public DateTimeOffset EffectiveAt { get; private init; }

    public ContractId? ContractId { get; private init; }

    /// <summary>As JSON, in the shape of the API.</summary>
    public string Postings { get; private init; } = "";

    public EntryId? ReversesEntryId { get; private init; }

    public AccountId ProposedBy { get; private init; }

    public DateTimeOffset ProposedAt { get; private init; }

    public ProposalStatus Status { get; private set; }

    public AccountId? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public string? RejectedBecause { get; private set; }

    /// <param name="id">New.</param>
    /// <param name="reason">Why.</param>
    /// <param name="entry">What would be posted; it balances, since it could be made.</param>
    /// <param name="reverses">The entry that is taken back, if any.</param>
    /// <param name="by">Who proposes it.</param>
    /// <param name="at">Now.</param>
    public static Proposal Of(
        ProposalId id, string reason, Entry entry, EntryId? reverses, AccountId by, DateTimeOffset at) => new()
    {
        Id = id,
        Key = entry.Key,
        Reason = reason,
        EffectiveAt = entry.EffectiveAt,
        ContractId = entry.Contract,
        Postings = JsonSerializer.Serialize(
            entry.Postings.Select(posting => new LedgerPosting(posting.Account.Name, posting.Amount)), ApiChannel.Json),
        ReversesEntryId = reverses,
        ProposedBy = by,
        ProposedAt = at,
    };

    public IReadOnlyList<LedgerPosting> ReadPostings() =>
        JsonSerializer.Deserialize<List<LedgerPosting>>(Postings, ApiChannel.Json)!;

    public Entry ToEntry() => HandWritten.Entry(Key, Reason, EffectiveAt, ContractId, ReadPostings());

    public void Post(AccountId by, DateTimeOffset at) => Decide(ProposalStatus.Posted, by, at);

    public void Reject(AccountId by, string because, DateTimeOffset at)
    {
        Decide(ProposalStatus.Rejected, by, at);
        RejectedBecause = because;
    }

    /// <summary>Whoever wrote it may take it back, and may not approve it.</summary>
    private void Decide(ProposalStatus status, AccountId by, DateTimeOffset at)
    {
        if (Status != ProposalStatus.Proposed)
        {
            throw new BusinessRuleException("proposal-decided", $"It is {Status} already.");
        }

        if (status == ProposalStatus.Posted && by == ProposedBy)
        {
            throw BusinessRuleException.Forbidden(
                "second-person-needed", "An entry by hand is approved by somebody other than who wrote it.");
        }

        (Status, DecidedBy, DecidedAt) = (status, by, at);
    }
}
