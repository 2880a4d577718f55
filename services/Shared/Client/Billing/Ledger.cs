namespace Marketplace.Client.Billing;

/// <param name="Key">The natural key: <c>accrual:{contract}:{throughMinute}</c>.</param>
public sealed record LedgerEntry(
    EntryId Id,
    string Key,
    string Description,
    DateTimeOffset EffectiveAt,
    DateTimeOffset PostedAt,
    IReadOnlyList<LedgerPosting> Postings);

/// <summary>A debit is positive, a credit negative.</summary>
public sealed record LedgerPosting(string Account, Money Amount);

public sealed record LedgerPage(IReadOnlyList<LedgerEntry> Items, string? NextCursor);

/// <summary>Every account with its balance; they sum to zero per currency.</summary>
public sealed record TrialBalance(IReadOnlyList<AccountBalance> Accounts, DateTimeOffset AsOf);

public sealed record AccountBalance(string Account, Money Balance);
