namespace Marketplace.Client.Ordering;

/// <summary>Ordering over HTTP, as a renter; contracts also as the seller of them.</summary>
public sealed class OrderingClient(ApiChannel api)
{
    private const string Root = "api/ordering";

    /// <summary>Checks every destination and locks a price; takes as long as the slowest pool.</summary>
    /// <exception cref="ApiProblemException">
    /// <c>listing-not-found</c>, <c>hashrate-out-of-range</c>, <c>duration-out-of-range</c>, <c>destination-count</c>,
    /// <c>destination-invalid</c>, <c>pool-url-invalid</c>, <c>capacity-taken</c>, <c>price-too-small</c>.
    /// </exception>
    public Task<Quote> AskQuoteAsync(AskQuote request, CancellationToken cancellationToken) =>
        api.PostAsync<AskQuote, Quote>($"{Root}/quotes", request, cancellationToken);

    public Task<Quote> QuoteAsync(QuoteId quoteId, CancellationToken cancellationToken) =>
        api.GetAsync<Quote>($"{Root}/quotes/{quoteId}", cancellationToken);

    /// <summary>Reserves the hashrate until the order is paid or lapses; the same quote gives the same order.</summary>
    /// <exception cref="ApiProblemException">
    /// <c>quote-expired</c>, <c>quote-not-orderable</c>, <c>listing-withdrawn</c>, <c>capacity-taken</c>.
    /// </exception>
    public Task<Order> PlaceOrderAsync(PlaceOrder request, CancellationToken cancellationToken) =>
        api.PostAsync<PlaceOrder, Order>($"{Root}/orders", request, cancellationToken);

    public Task<Order> OrderAsync(OrderId orderId, CancellationToken cancellationToken) =>
        api.GetAsync<Order>($"{Root}/orders/{orderId}", cancellationToken);

    /// <summary>The caller's contracts, as renter or as seller, newest first.</summary>
    /// <param name="before">Only contracts older than this one: the last of the page before.</param>
    public Task<IReadOnlyList<Contract>> ContractsAsync(ContractId? before, CancellationToken cancellationToken) =>
        api.GetAsync<IReadOnlyList<Contract>>(
            before is { } last ? $"{Root}/contracts?before={last}" : $"{Root}/contracts", cancellationToken);

    public Task<Contract> ContractAsync(ContractId contractId, CancellationToken cancellationToken) =>
        api.GetAsync<Contract>($"{Root}/contracts/{contractId}", cancellationToken);

    /// <summary>Changes where a contract is hashed for; takes as long as the slowest new pool.</summary>
    /// <exception cref="ApiProblemException">
    /// <c>contract-ended</c>, <c>destination-count</c>, <c>destination-invalid</c>, <c>destination-not-found</c>,
    /// <c>destination-check-failed</c>, <c>pool-url-invalid</c>.
    /// </exception>
    public Task<Contract> ChangeDestinationsAsync(
        ContractId contractId, ChangeDestinations request, CancellationToken cancellationToken) =>
        api.PutAsync<ChangeDestinations, Contract>(
            $"{Root}/contracts/{contractId}/destinations", request, cancellationToken);

    /// <summary>Ends a contract now; asking again changes nothing.</summary>
    /// <exception cref="ApiProblemException"><c>contract-ended</c></exception>
    public Task<Contract> CancelContractAsync(ContractId contractId, CancellationToken cancellationToken) =>
        api.PostAsync<object, Contract>($"{Root}/contracts/{contractId}/cancellation", new { }, cancellationToken);
}
