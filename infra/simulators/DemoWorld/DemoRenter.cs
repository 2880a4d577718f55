using Marketplace.Client;
using Marketplace.Client.Billing;
using Marketplace.Client.Catalog;
using Marketplace.Client.Ordering;
using Marketplace.Simulators.MainLine;

namespace Marketplace.DemoWorld;

/// <summary>Buys for the demo renter whenever nothing runs on the demo listing: visitors see life at once.</summary>
internal static class DemoRenter
{
    private const string CardThatPays = "4242424242424242";
    private const int DurationSeconds = 6 * 3_600;
    private static readonly Hashrate Rented = Hashrate.FromTerahashes(300);
    private static readonly TimeSpan ArrivalLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    public static async Task KeepContractAsync(
        Person renter, Listing listing, string poolUrl, TimeProvider time, CancellationToken cancellationToken)
    {
        var lastTrouble = "";
        while (!cancellationToken.IsCancellationRequested)
        {
            var trouble = await TryBuyAsync(renter, listing, poolUrl, new Wait(time), cancellationToken);
            if (trouble != lastTrouble && trouble.Length > 0)
            {
                await Console.Error.WriteLineAsync($"no contract yet: {trouble}");
            }

            lastTrouble = trouble;
            await Task.Delay(LookInterval, time, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>What stands in the way; empty when a contract runs.</summary>
    private static async Task<string> TryBuyAsync(
        Person renter, Listing listing, string poolUrl, Wait wait, CancellationToken cancellationToken)
    {
        try
        {
            var contracts = await renter.Ordering.ContractsAsync(before: null, cancellationToken);
            var here = contracts.Where(contract => contract.ListingId == listing.Id);
            if (!here.Any(contract => contract.Status is "scheduled" or "running"))
            {
                await BuyAsync(renter, listing, poolUrl, wait, cancellationToken);
            }

            return "";
        }
        catch (Exception refused) when (refused is ApiProblemException or HttpRequestException
            or WaitedTooLongException or OperationCanceledException)
        {
            return cancellationToken.IsCancellationRequested ? "" : refused.Message;
        }
    }

    private static async Task BuyAsync(
        Person renter, Listing listing, string poolUrl, Wait wait, CancellationToken cancellationToken)
    {
        var quote = await renter.Ordering.AskQuoteAsync(
            new AskQuote(listing.Id, Rented, DurationSeconds, [new Pool(poolUrl, "renter.main", "x")]),
            cancellationToken);
        var order = await renter.Ordering.PlaceOrderAsync(new PlaceOrder(quote.Id), cancellationToken);
        await wait.ForAsync(
            cancellation => renter.Billing.PayInSandboxAsync(order.Id, new PayInSandbox(CardThatPays), cancellation),
            payment => payment.Status == "paid",
            payment => payment.Status,
            "the order is paid",
            ArrivalLimit,
            cancellationToken);
        await wait.ForAsync(
            cancellation => renter.Ordering.ContractAsync(order.ContractId, cancellation),
            contract => contract.Status == "running",
            contract => contract.Status,
            "the contract runs",
            ArrivalLimit,
            cancellationToken);
        Console.WriteLine($"bought {Rented} for {quote.Total} as contract {order.ContractId}");
    }
}
