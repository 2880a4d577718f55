using System.Numerics;
using Marketplace.Client.Billing;
using Marketplace.Client.Ordering;

namespace Marketplace.Simulators.MainLine;

/// <summary>Proved work becomes money, and at the end every book agrees.</summary>
internal static class SettlementSteps
{
    private const int EntriesPerPage = 200;
    private const int SigmasAllowed = 5;
    private const int Whole = 1_000_000;
    private static readonly TimeSpan ReturnExpected = TimeSpan.FromSeconds(5);

    public static async Task AccrueAsync(MainLineWorld world, CancellationToken cancellationToken)
    {
        await world.Finance.SignInAsync(world.Options.Finance, cancellationToken);
        var settlement = await world.Wait.ForAsync(
            cancellation => world.Renter.Billing.GetSettlementAsync(world.ContractId, cancellation),
            settlement => settlement.Earned > Money.Zero(settlement.Earned.Currency),
            settlement => $"{settlement.ReadingCount} readings, {settlement.Earned} earned, {settlement.Status}",
            "meter readings have become ledger entries",
            world.Options.Limits.Accrual,
            cancellationToken);
        world.Recorder.Note("meter readings", settlement.ReadingCount);
        world.Recorder.Note("earned so far", settlement.Earned);
        var entries = await EntriesAsync(world, cancellationToken);
        var accruals = entries.Count(entry => entry.Key.StartsWith("accrual:", StringComparison.Ordinal));
        world.Recorder.Add("accruals in the ledger", accruals, "at least 1", accruals > 0);
        SellerSteps.Accepted(world);
    }

    /// <summary>
    /// After an interruption the workers come back by themselves, and more work is proved than before.
    /// </summary>
    public static async Task OutliveAsync(MainLineWorld world, CancellationToken cancellationToken)
    {
        if (world.Options.Interrupt is not { } interrupt)
        {
            world.Recorder.Note("interruptions", 0);
            return;
        }

        var acceptedBefore = world.RenterPool.Counters().AcceptedShares;
        await interrupt(cancellationToken);
        await world.Wait.UntilAsync(
            () => world.Farm.Counters().All(worker => worker.HashesFor.Length > 0)
                && world.RenterPool.Counters().AcceptedShares > acceptedBefore,
            () => SellerSteps.Fleet(world),
            "the fleet hashes again and the renter's pool accepts shares",
            world.Options.Limits.Connect,
            cancellationToken);
        world.Recorder.Note("reconnects by the interruption", world.Reconnects);
        world.ConnectionsAtStart += world.Reconnects;
    }

    public static async Task CancelAsync(MainLineWorld world, CancellationToken cancellationToken)
    {
        var askedAt = world.Time.GetUtcNow();
        var contract = await world.Renter.Ordering.CancelContractAsync(world.ContractId, cancellationToken);
        world.Recorder.Note("contract", contract.Status);
        await world.Wait.UntilAsync(
            () => world.Farm.Counters().All(worker => worker.HashesFor == world.SellerPool.CoinbaseText),
            () => SellerSteps.Fleet(world),
            "every worker is back on the seller's own pool",
            world.Options.Limits.Return,
            cancellationToken);
        var returnedAt = world.Farm.Counters().Max(worker => worker.HashesForSince) ?? askedAt;
        world.CancelledToReturned = returnedAt > askedAt ? returnedAt - askedAt : TimeSpan.Zero;
        world.Recorder.Within("cancelled to the last worker back", world.CancelledToReturned.Value, ReturnExpected);
    }

    public static async Task SettleAsync(MainLineWorld world, CancellationToken cancellationToken)
    {
        var limit = world.Options.Limits.Settlement;
        var settlement = await world.Wait.ForAsync(
            cancellation => world.Renter.Billing.GetSettlementAsync(world.ContractId, cancellation),
            settlement => settlement.Status == "settled",
            settlement => $"{settlement.Status}, {settlement.ReadingCount} readings, {settlement.Held} held",
            "the contract is settled",
            limit,
            cancellationToken);
        var contract = await world.Wait.ForAsync(
            cancellation => world.Renter.Ordering.ContractAsync(world.ContractId, cancellation),
            contract => contract.Outcome is not null,
            contract => contract.Status,
            "the contract shows its outcome",
            world.Options.Limits.Message,
            cancellationToken);
        (world.Settlement, world.Contract) = (settlement, contract);
        await CheckWorkAsync(world, settlement, contract, cancellationToken);
        await CheckMoneyAsync(world, settlement, contract, cancellationToken);
        await CheckLedgerAsync(world, cancellationToken);
        SellerSteps.Accepted(world);
    }

    private static async Task CheckWorkAsync(
        MainLineWorld world, ContractSettlement settlement, Contract contract, CancellationToken cancellationToken)
    {
        var recorder = world.Recorder;
        var live = await world.Renter.Proxy.ContractLiveAsync(world.ContractId, cancellationToken);
        var rented = world.ByPool(world.RenterPool).Concat(world.ByPool(world.BackupPool)).ToList();
        var answered = rented.Aggregate(Work.Zero, (sum, worker) => sum + worker.AcceptedWork);
        var unanswered = rented.Aggregate(Work.Zero, (sum, worker) => sum + worker.UnansweredWork);
        recorder.Equal("proved work in Billing = in the proxy", settlement.ProvedWork, live.ProvedWork);
        recorder.Add(
            "proved work = work the workers were told is accepted",
            settlement.ProvedWork,
            $"{answered}" + (unanswered == Work.Zero ? "" : $", and at most {unanswered} that nobody was told of"),
            settlement.ProvedWork >= answered && settlement.ProvedWork <= answered + unanswered);
        recorder.Equal("proved work in the contract's outcome", contract.Outcome!.ProvedWork, settlement.ProvedWork);

        var counters = world.RenterPool.Counters();
        var there = counters.Logins.Aggregate(Work.Zero, (sum, login) => sum + login.AcceptedWork);
        var proved = (BigInteger)settlement.ProvedWork.Hashes;
        var difference = BigInteger.Abs(there.Hashes - proved) * Whole / BigInteger.Max(1, proved);
        recorder.Add(
            "accepted work at the renter's pool beside the proved work",
            $"{difference / (Whole / 1_000)} per mille apart after {counters.AcceptedShares} shares",
            $"within {SigmasAllowed} sigma of so many shares",
            difference * difference * counters.AcceptedShares <= BigInteger.Pow(SigmasAllowed * Whole, 2));
    }

    private static async Task CheckMoneyAsync(
        MainLineWorld world, ContractSettlement settlement, Contract contract, CancellationToken cancellationToken)
    {
        var recorder = world.Recorder;
        var zero = Money.Zero(settlement.Price.Currency);
        var total = settlement.Price + settlement.RenterFee + settlement.Vat;
        recorder.Equal("held at the end", settlement.Held, zero);
        recorder.Note("earned", settlement.Earned);
        recorder.Note("of it to the seller", settlement.SellerNet);
        recorder.Note("fees", settlement.SellerFee + settlement.RenterFeeEarned);
        recorder.Equal("seller's net + fee = earned", settlement.SellerNet + settlement.SellerFee, settlement.Earned);
        recorder.Add("returned to the renter", settlement.Returned, "more than zero", settlement.Returned > zero);
        recorder.Equal("returned in the contract's outcome", contract.Outcome!.Returned, settlement.Returned);

        var documents = await world.Renter.Billing.GetDocumentsAsync(world.ContractId, cancellationToken);
        var invoices = documents.Where(document => document.Kind == "invoice").ToList();
        var credits = documents.Where(document => document.Kind == "credit-note").ToList();
        var invoiced = Sum(invoices, zero, document => document.Total);
        var credited = Sum(credits, zero, document => document.Total);
        var net = Sum(invoices, zero, document => document.Net) - Sum(credits, zero, document => document.Net);
        var kept = (settlement.Earned + settlement.RenterFeeEarned).RoundToMinor();
        var numbers = documents.Select(document => $"{document.Number} {document.Total}");
        recorder.Note("documents", string.Join(", ", numbers));
        recorder.Equal("invoice = what was paid", invoiced, total);
        recorder.Equal("credit note = what was returned", credited, settlement.Returned);
        recorder.Add("invoice - credit note, net = earned + fee, to the cent", net, kept, IsWithinACent(net, kept));
        var vat = Sum(invoices, zero, document => document.Vat) - Sum(credits, zero, document => document.Vat);
        var vatDue = kept.AtBasisPoints(invoices.FirstOrDefault()?.VatBasisPoints ?? 0).RoundToMinor();
        recorder.Add("VAT kept = VAT on that, to the cent", vat, vatDue, IsWithinACent(vat, vatDue));
    }

    private static async Task CheckLedgerAsync(MainLineWorld world, CancellationToken cancellationToken)
    {
        var entries = await EntriesAsync(world, cancellationToken);
        var unbalanced = entries.Count(entry => !IsZero(entry.Postings.Select(posting => posting.Amount)));
        world.Recorder.Note("ledger entries of the contract", entries.Count);
        world.Recorder.Equal("unbalanced entries", unbalanced, 0);
        var trial = await world.Finance.Billing.GetTrialBalanceAsync(cancellationToken);
        world.Recorder.Add(
            "trial balance",
            $"{trial.Accounts.Count} accounts",
            "zero per currency",
            IsZero(trial.Accounts.Select(account => account.Balance)));
    }

    private static async Task<List<LedgerEntry>> EntriesAsync(MainLineWorld world, CancellationToken cancellationToken)
    {
        List<LedgerEntry> entries = [];
        string? cursor = null;
        do
        {
            var page = await world.Finance.Billing.GetLedgerEntriesAsync(
                world.ContractId, cursor, EntriesPerPage, cancellationToken);
            entries.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return entries;
    }

    private static Money Sum(IEnumerable<Document> documents, Money zero, Func<Document, Money> amount) =>
        documents.Aggregate(zero, (sum, document) => sum + amount(document));

    private static bool IsZero(IEnumerable<Money> amounts) => amounts
        .GroupBy(amount => amount.Currency)
        .All(currency => currency.Aggregate(Money.Zero(currency.Key), (sum, amount) => sum + amount).IsZero);

    private static bool IsWithinACent(Money left, Money right) =>
        Int128.Abs((left - right).Units) <= Money.UnitsPerMinor;
}
