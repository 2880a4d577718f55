using Marketplace.Benchmarks.Figures;
using Marketplace.Billing.Ledger;

namespace Marketplace.Benchmarks.Books;

/// <summary>
/// How fast the books take entries: settled in batches, as the hourly run does, and one by one by many writers at once.
/// </summary>
internal static class LedgerFigures
{
    private const int Contracts = 1_000;
    private const int Hours = 20;
    private const int Writers = 64;
    private const int EntriesPerWriter = 200;
    private const int Renters = 256;

    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly OrganisationId Seller = OrganisationId.From(Guid.CreateVersion7());

    public static async Task PrintAsync()
    {
        await using var bench = await LedgerBench.StartAsync();
        await PrintBatchesAsync(bench);
        await PrintSinglesAsync(bench);
    }

    private static async Task PrintBatchesAsync(LedgerBench bench)
    {
        var contracts = Enumerable.Range(0, Contracts).Select(_ => ContractId.From(Guid.CreateVersion7())).ToArray();
        await bench.PostAsync([.. contracts.Select(Hold)]);
        var startedAt = TimeProvider.System.GetTimestamp();
        for (var hour = 0; hour < Hours; hour++)
        {
            await bench.PostAsync([.. contracts.Select(contract => Accrual(contract, hour))]);
        }

        var elapsed = TimeProvider.System.GetElapsedTime(startedAt);
        Figure.Print("ledger-batched", Contracts * Hours / elapsed.TotalSeconds, "entries/s");
    }

    private static async Task PrintSinglesAsync(LedgerBench bench)
    {
        var renters = Enumerable.Range(0, Renters).Select(_ => OrganisationId.From(Guid.CreateVersion7())).ToArray();
        await bench.PostAsync([.. renters.Select(Fund)]);
        var deadlocks = await bench.DeadlocksAsync();
        var startedAt = TimeProvider.System.GetTimestamp();
        var times = await Task.WhenAll(
            Enumerable.Range(0, Writers).Select(writer => WriteAsync(bench, renters, writer)));
        var elapsed = TimeProvider.System.GetElapsedTime(startedAt);
        var sorted = times.SelectMany(one => one).Order().ToArray();
        Figure.Print("ledger-singles", sorted.Length / elapsed.TotalSeconds, "entries/s");
        Figure.Print("ledger-singles-p50", sorted[sorted.Length / 2].TotalMilliseconds, "ms");
        Figure.Print("ledger-singles-p99", sorted[sorted.Length * 99 / 100].TotalMilliseconds, "ms");
        Figure.Print("ledger-deadlocks", await bench.DeadlocksAsync() - deadlocks, "deadlocks");
    }

    private static async Task<List<TimeSpan>> WriteAsync(LedgerBench bench, OrganisationId[] renters, int writer)
    {
        var random = new Random(writer);
        var times = new List<TimeSpan>(EntriesPerWriter);
        for (var number = 0; number < EntriesPerWriter; number++)
        {
            var from = random.Next(Renters);
            var to = (from + random.Next(1, Renters)) % Renters;
            var startedAt = TimeProvider.System.GetTimestamp();
            await bench.PostAsync(Move($"move:{writer}:{number}", renters[from], renters[to]));
            times.Add(TimeProvider.System.GetElapsedTime(startedAt));
        }

        return times;
    }

    private static Entry Hold(ContractId contract) => Entry.Of(
        EntryKey.Order(contract), "held", Start, contract,
        Posting.Debit(Account.ClearingPayments, Usd(10_400)), Posting.Credit(Account.Held(contract), Usd(10_400)));

    private static Entry Accrual(ContractId contract, int hour) => Entry.Of(
        EntryKey.Accrual(contract, Start.AddHours(hour + 1)), "hashes credited", Start.AddHours(hour + 1), contract,
        Posting.Debit(Account.Held(contract), Usd(104)),
        Posting.Credit(Account.SellerAccrued(Seller), Usd(98)),
        Posting.Credit(Account.SellerFee, Usd(2)),
        Posting.Credit(Account.RenterFee, Usd(4)));

    private static Entry Fund(OrganisationId renter) => Entry.Of(
        $"fund:{renter}", "funded", Start, null,
        Posting.Debit(Account.ClearingPayments, Usd(1_000_000)),
        Posting.Credit(Account.RenterBalance(renter), Usd(1_000_000)));

    private static Entry Move(string key, OrganisationId from, OrganisationId to) => Entry.Of(
        key, "moved", Start, null,
        Posting.Debit(Account.RenterBalance(from), Usd(1)), Posting.Credit(Account.RenterBalance(to), Usd(1)));

    private static Money Usd(long cents) => Money.FromMinor(cents, Currency.Usd);
}
