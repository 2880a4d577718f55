using Marketplace.Client.Billing;
using Marketplace.Client.Catalog;
using Marketplace.Client.Ordering;

namespace Marketplace.Simulators.MainLine;

/// <summary>Hashrate is quoted, bought, and arrives at the renter's pool.</summary>
internal static class RenterSteps
{
    private const string CardThatPays = "4242424242424242";
    private static readonly TimeSpan FirstJobExpected = TimeSpan.FromSeconds(5);

    public static async Task QuoteAsync(MainLineWorld world, CancellationToken cancellationToken)
    {
        var (options, recorder) = (world.Options, world.Recorder);
        await world.Renter.ArriveAsync(options.Renter, "Demo Renter", "renter", cancellationToken);
        var request = new AskQuote(
            world.Listing!.Id,
            options.Rented,
            options.DurationSeconds,
            [new Pool(world.RenterPool.Url, "renter.main", "x"), new Pool(world.BackupPool.Url, "renter.backup", "x")]);
        world.Quote = await world.Wait.ForAsync(
            cancellation => world.Renter.Ordering.AskQuoteAsync(request, cancellation),
            _ => true,
            _ => "",
            "the listing can be quoted",
            options.Limits.Message,
            cancellationToken);

        foreach (var check in world.Quote.PoolChecks)
        {
            recorder.Add(
                $"pool check of {check.Url}",
                string.Join(", ", check.Rules.Select(rule => $"{rule.Name} {rule.Verdict}"
                    + (rule.Fix.Length > 0 ? $" ({rule.Fix})" : ""))),
                "none fails",
                check.Verdict != "fail");
        }

        recorder.Equal("orderable", world.Quote.IsOrderable, true);
        recorder.Equal("promised work", world.Quote.PromisedWork, options.Rented.Over(
            TimeSpan.FromSeconds(options.DurationSeconds)));
        var sum = world.Quote.Price + world.Quote.RenterFee + world.Quote.Vat;
        recorder.Equal("total = price + fee + VAT", world.Quote.Total, sum);
    }

    public static async Task PayAsync(MainLineWorld world, CancellationToken cancellationToken)
    {
        world.Order = await world.Renter.Ordering.PlaceOrderAsync(new PlaceOrder(world.Quote!.Id), cancellationToken);
        await world.Wait.ForAsync(
            cancellation => world.Renter.Billing.GetPaymentAsync(world.Order.Id, cancellation),
            payment => payment.Status == "due",
            payment => payment.Status,
            "the order can be paid",
            world.Options.Limits.Message,
            cancellationToken);
        var paid = await world.Renter.Billing.PayInSandboxAsync(
            world.Order.Id, new PayInSandbox(CardThatPays), cancellationToken);
        world.PaidAt = paid.PaidAt ?? world.Time.GetUtcNow();
        world.Recorder.Equal("payment", paid.Status, "paid");
        world.Recorder.Equal("amount", paid.Total, world.Quote.Total);
    }

    public static async Task ArriveAsync(MainLineWorld world, CancellationToken cancellationToken)
    {
        var (limits, recorder) = (world.Options.Limits, world.Recorder);
        await world.Wait.UntilAsync(
            () => world.ByPool(world.RenterPool).Any(),
            () => SellerSteps.Fleet(world),
            "a worker has a job of the renter's pool",
            limits.FirstJob,
            cancellationToken);
        world.PaidToFirstJob = world.ByPool(world.RenterPool).Min(worker => worker.FirstJobAt) - world.PaidAt;
        recorder.Within("paid to the renter's first job on a worker", world.PaidToFirstJob.Value, FirstJobExpected);

        await world.Wait.UntilAsync(
            () => FirstAcceptedAt(world) is not null,
            () => $"{world.RenterPool.Counters().AcceptedShares} accepted there",
            "a share is accepted at the renter's pool",
            limits.FirstShare,
            cancellationToken);
        var took = FirstAcceptedAt(world)!.Value - world.PaidAt;
        world.PaidToFirstAcceptedShare = took;
        recorder.Within("paid to the first share accepted there", took, limits.FirstShare);

        var contract = await world.Wait.ForAsync(
            cancellation => world.Renter.Ordering.ContractAsync(world.ContractId, cancellation),
            contract => contract.Status == "running" && contract.FirstJobAt is not null,
            contract => contract.Status,
            "the contract is shown as running with its first job",
            limits.Message,
            cancellationToken);
        recorder.Equal("contract", contract.Status, "running");
        recorder.Equal("reconnects", world.Reconnects, 0L);
    }

    private static DateTimeOffset? FirstAcceptedAt(MainLineWorld world) =>
        world.RenterPool.Counters().Logins.Min(login => login.FirstAcceptedAt);
}
