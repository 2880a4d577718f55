using System.Security.Cryptography;
using Marketplace.Client.Billing;
using Marketplace.Primitives;

namespace Marketplace.TestKit;

/// <summary>A journal made by hand: entries between three accounts, two in a block.</summary>
public sealed class JournalBench : IDisposable
{
    private const int EntriesPerBlock = 2;

    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public JournalBench(int entries = 6)
    {
        for (var number = 1; number <= entries; number++)
        {
            Entries.Add(Entry(number, 100 * number));
        }
    }

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public List<JournalEntry> Entries { get; } = [];

    public static JournalEntry Entry(long position, long units) => new(
        position, EntryId.From(new Guid($"00000000-0000-7000-8000-{position:000000000000}")),
        $"payment:{position}", "a test", "2026-11", null, Start.AddMinutes(position), Start.AddMinutes(position + 1),
        [
            new LedgerPosting("Assets:Clearing:Payments", new Money(units, Currency.Usd)),
            new LedgerPosting($"Liabilities:Renter:{position % 2}:Balance", new Money(-units, Currency.Usd)),
        ]);

    /// <summary>All lines, sealed by this bench's key.</summary>
    public List<JournalLine> Seal()
    {
        var lines = new List<JournalLine>();
        var previous = JournalBlock.NoHash;
        foreach (var (index, entries) in Entries.Chunk(EntriesPerBlock).Index())
        {
            lines.AddRange(entries.Select(entry => new JournalLine(entry, null)));
            var block = Sign(new JournalBlock(
                index + 1, index * EntriesPerBlock + 1, entries.Length, JournalFormat.HashOf(entries), previous,
                Start.AddHours(index), "", ""));
            lines.Add(new JournalLine(null, block));
            previous = block.Hash;
        }

        return lines;
    }

    public JournalBlock Sign(JournalBlock block) => block with
    {
        Hash = JournalFormat.HashOf(block),
        Signature = JournalFormat.ToDigits(Key.SignData(JournalFormat.BytesOf(block), HashAlgorithmName.SHA256)),
    };

    /// <summary>What honest books say of these entries.</summary>
    public JournalBalances Balances()
    {
        var accounts = Entries.SelectMany(entry => entry.Postings)
            .GroupBy(posting => posting.Account)
            .Select(account => new AccountBalance(account.Key, account.Aggregate(
                Money.Zero(Currency.Usd), (sum, posting) => sum + posting.Amount)))
            .ToList();
        return new JournalBalances(
            0, accounts, [.. accounts.Where(account => account.Account.StartsWith('L'))]);
    }

    public void Dispose() => Key.Dispose();
}
