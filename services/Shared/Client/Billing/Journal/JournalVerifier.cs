using System.Security.Cryptography;

namespace Marketplace.Client.Billing;

/// <summary>
/// Computes the whole journal again, from its first entry on: numbers, sums, hashes, chain, signatures and balances. It
/// believes nothing but the key and the block it is given; its memory grows with the accounts only.
/// </summary>
/// <param name="key">Billing's public key, got by another way; null to leave signatures unchecked.</param>
/// <param name="kept">A block that was seen before: the journal must still have it.</param>
public sealed class JournalVerifier(ECDsa? key = null, JournalBlock? kept = null) : IDisposable
{
    /// <summary>Who finds so much need not look further.</summary>
    public const int MaxFindings = 100;

    private readonly Dictionary<(string Account, Currency Currency), Int128> _balances = [];
    private readonly List<JournalFinding> _findings = [];
    private readonly IncrementalHash _block = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _entriesInBlock;

    /// <summary>Nothing found: it holds.</summary>
    public IReadOnlyList<JournalFinding> Findings => _findings;

    public long Entries { get; private set; }

    /// <summary>The last block; null while there is none.</summary>
    public JournalBlock? Head { get; private set; }

    public IReadOnlyDictionary<(string Account, Currency Currency), Int128> Balances => _balances;

    public void Add(JournalLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.Entry is { } entry)
        {
            Add(entry);
        }

        if (line.Block is { } block)
        {
            Add(block);
        }
    }

    /// <summary>The last line has come.</summary>
    /// <param name="stated">The books' own balances after the last block; null where there is no block yet.</param>
    public void Close(JournalBalances? stated)
    {
        if (_entriesInBlock > 0)
        {
            Find(JournalFault.Unsealed, $"{_entriesInBlock} entries stand behind the last block.");
        }

        if (kept is not null && (Head is null || Head.Number < kept.Number))
        {
            Find(JournalFault.Forked, $"Block {kept.Number} was kept and is not in the journal any more.");
        }

        if (stated is not null)
        {
            Compare(stated.Accounts, _balances);
            Compare(stated.Guarded, _balances.Where(IsStatedIn(stated.Guarded)));
        }
    }

    public void Dispose() => _block.Dispose();

    private void Add(JournalEntry entry)
    {
        Entries++;
        _entriesInBlock++;
        if (entry.Position != Entries)
        {
            Find(JournalFault.WrongPosition, $"Entry {entry.Position} stands where {Entries} belongs.");
        }

        _block.AppendData(JournalFormat.HashOf(entry));
        foreach (var currency in entry.Postings.GroupBy(posting => posting.Amount.Currency))
        {
            var rest = currency.Aggregate(Money.Zero(currency.Key), (sum, posting) => sum + posting.Amount);
            if (!rest.IsZero)
            {
                Find(JournalFault.Unbalanced, $"Entry {entry.Position}, {entry.Key}, is off by {rest}.");
            }
        }

        foreach (var (account, amount) in entry.Postings)
        {
            _balances[(account, amount.Currency)] =
                _balances.GetValueOrDefault((account, amount.Currency)) + amount.Units;
        }
    }

    private void Add(JournalBlock block)
    {
        var previous = Head;
        if (block.Number != (previous?.Number ?? 0) + 1
            || block.PreviousHash != (previous?.Hash ?? JournalBlock.NoHash)
            || block.FirstPosition != (previous?.LastPosition ?? 0) + 1)
        {
            Find(JournalFault.BrokenChain, $"Block {block.Number} does not follow from the one before it.");
        }

        if (block.EntryCount != _entriesInBlock
            || block.EntriesHash != JournalFormat.ToDigits(_block.GetHashAndReset()))
        {
            Find(JournalFault.WrongEntries, $"Block {block.Number}: its entries are not those that were sealed.");
        }

        if (block.Hash != JournalFormat.HashOf(block))
        {
            Find(JournalFault.BrokenChain, $"Block {block.Number} does not have the hash it says.");
        }

        if (key is not null && !IsSignedBy(key, block))
        {
            Find(JournalFault.WrongSignature, $"Block {block.Number} is not signed by the key that was given.");
        }

        if (block.Number == kept?.Number && block.Hash != kept.Hash)
        {
            Find(JournalFault.Forked, $"Block {block.Number} is not the one that was kept: history was written anew.");
        }

        (Head, _entriesInBlock) = (block, 0);
    }

    private void Compare(
        IEnumerable<AccountBalance> stated,
        IEnumerable<KeyValuePair<(string Account, Currency Currency), Int128>> computed)
    {
        var books = stated.ToDictionary(
            balance => (balance.Account, balance.Balance.Currency), balance => balance.Balance.Units);
        foreach (var (account, units) in computed)
        {
            var money = new Money(units, account.Currency);
            if (!books.Remove(account, out var said) || said != units)
            {
                Find(
                    JournalFault.WrongBalance,
                    $"{account.Account}: its postings come to {money}, the books say {money with { Units = said }}.");
            }
        }

        foreach (var (account, units) in books.Where(left => left.Value != 0))
        {
            Find(
                JournalFault.WrongBalance,
                $"{account.Account}: the books say {new Money(units, account.Currency)}, and nothing was posted.");
        }
    }

    private static Func<KeyValuePair<(string Account, Currency Currency), Int128>, bool> IsStatedIn(
        IReadOnlyList<AccountBalance> balances)
    {
        var names = balances.Select(balance => (balance.Account, balance.Balance.Currency)).ToHashSet();
        return balance => names.Contains(balance.Key);
    }

    private static bool IsSignedBy(ECDsa key, JournalBlock block)
    {
        try
        {
            return key.VerifyData(
                JournalFormat.BytesOf(block), Convert.FromHexString(block.Signature), HashAlgorithmName.SHA256);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private void Find(JournalFault fault, string text)
    {
        if (_findings.Count < MaxFindings)
        {
            _findings.Add(new JournalFinding(fault, text));
        }
    }
}
