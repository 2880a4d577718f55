using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Marketplace.Billing.Ledger;

/// <summary>
/// A balanced set of postings under a natural key. One that does not balance cannot be made, and one that was posted is
/// never changed: a mistake is corrected by another entry.
/// </summary>
internal sealed class Entry
{
    /// <summary>In characters.</summary>
    public const int MaxKeyLength = 200;

    /// <summary>Lines of one entry.</summary>
    public const int MaxPostings = 100;

    private Entry(
        string key,
        string description,
        DateTimeOffset effectiveAt,
        ContractId? contract,
        IReadOnlyList<Posting> postings)
    {
        Key = key;
        Description = description;
        EffectiveAt = effectiveAt;
        Contract = contract;
        Postings = postings;
    }

    /// <summary>Names the fact that caused it, such as <c>order:{contract}</c>: the same fact is booked once.</summary>
    public string Key { get; }

    public string Description { get; }

    /// <summary>When the fact happened, which may be before it was posted.</summary>
    public DateTimeOffset EffectiveAt { get; }

    /// <summary>The contract whose life it belongs to, if any.</summary>
    public ContractId? Contract { get; }

    public IReadOnlyList<Posting> Postings { get; }

    /// <summary>Finance itself posts it: a month that is softly closed takes it still.</summary>
    public bool IsByHand { get; private init; }

    public Entry ByHand() => new(Key, Description, EffectiveAt, Contract, Postings) { IsByHand = true };

    /// <summary>Postings of nothing are left out.</summary>
    /// <exception cref="InvalidOperationException">
    /// It does not sum to zero in each currency, has fewer than two or too many postings, or moves a provider's account
    /// without being one of its balance transactions.
    /// </exception>
    public static Entry Of(
        string key, string description, DateTimeOffset effectiveAt, ContractId? contract, params Posting[] postings)
    {
        Posting[] moving = [.. postings.Where(posting => !posting.Amount.IsZero)];
        Guard(key.Length is > 0 and <= MaxKeyLength, key, "has a key of the wrong length");
        Guard(moving.Length is >= 2 and <= MaxPostings, key, $"has {moving.Length} postings");
        Guard(moving.GroupBy(posting => posting.Amount.Currency).All(SumsToZero), key, "does not balance");
        Guard(
            EntryKey.IsBalanceTransaction(key) || !moving.Any(posting => posting.Account.IsOfProvider),
            key, "moves a provider's account");
        return new Entry(key, description, effectiveAt, contract, moving);
    }

    /// <summary>SHA-256 of what is moved: the same key with another hash is an alarm.</summary>
    public byte[] ContentHash()
    {
        var lines = Postings
            .Select(posting => string.Create(
                CultureInfo.InvariantCulture,
                $"{posting.Account}|{posting.Amount.Currency}|{posting.Amount.Units}"))
            .Order(StringComparer.Ordinal);
        return SHA256.HashData(Encoding.UTF8.GetBytes($"{Contract}\n{string.Join('\n', lines)}"));
    }

    private static bool SumsToZero(IEnumerable<Posting> postings) =>
        postings.Aggregate((Int128)0, (sum, posting) => checked(sum + posting.Amount.Units)) == 0;

    private static void Guard(bool holds, string key, string complaint)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Entry '{key}' {complaint}.");
        }
    }
}
