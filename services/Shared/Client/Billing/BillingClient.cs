namespace Marketplace.Client.Billing;

/// <summary>Payments, settlements, documents and the ledger.</summary>
/// <param name="channel">Its base address is the root of the host that serves <c>/api/billing</c>.</param>
public sealed class BillingClient(ApiChannel channel)
{
    private const string Root = "api/billing";

    /// <exception cref="ApiProblemException"><c>order-not-found</c>.</exception>
    public Task<PaymentDue> GetPaymentAsync(OrderId orderId, CancellationToken cancellationToken) =>
        channel.GetAsync<PaymentDue>($"{Root}/orders/{orderId}/payment", cancellationToken);

    /// <summary>Paying an order that is paid changes nothing.</summary>
    /// <exception cref="ApiProblemException">
    /// <c>order-not-found</c>, <c>order-lapsed</c>, <c>card-declined</c>, <c>card-not-for-tests</c>,
    /// <c>sandbox-closed</c>.
    /// </exception>
    public Task<PaymentDue> PayInSandboxAsync(
        OrderId orderId, PayInSandbox payment, CancellationToken cancellationToken) =>
        channel.PostAsync<PayInSandbox, PaymentDue>(
            $"{Root}/orders/{orderId}/sandbox-payment", payment, cancellationToken);

    /// <summary>For the contract's renter, its seller, or finance; once it is paid.</summary>
    /// <exception cref="ApiProblemException"><c>contract-not-found</c>.</exception>
    public Task<ContractSettlement> GetSettlementAsync(ContractId contractId, CancellationToken cancellationToken) =>
        channel.GetAsync<ContractSettlement>($"{Root}/contracts/{contractId}/settlement", cancellationToken);

    /// <summary>For the contract's renter, or finance.</summary>
    /// <exception cref="ApiProblemException"><c>contract-not-found</c>.</exception>
    public Task<IReadOnlyList<Document>> GetDocumentsAsync(
        ContractId contractId, CancellationToken cancellationToken) =>
        channel.GetAsync<IReadOnlyList<Document>>($"{Root}/contracts/{contractId}/documents", cancellationToken);

    /// <summary>In the order of posting; for finance.</summary>
    /// <param name="contractId">Null for all entries.</param>
    /// <param name="cursor">Of the page before; null for the first.</param>
    /// <param name="limit">Entries of a page, 1 to 200.</param>
    /// <exception cref="ApiProblemException"><c>cursor-invalid</c>.</exception>
    public Task<LedgerPage> GetLedgerEntriesAsync(
        ContractId? contractId, string? cursor, int limit, CancellationToken cancellationToken) =>
        channel.GetAsync<LedgerPage>(
            $"{Root}/ledger/entries?limit={limit}"
            + (contractId is null ? "" : $"&contractId={contractId}")
            + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}"),
            cancellationToken);

    /// <summary>Every account with its balance, for finance.</summary>
    public Task<TrialBalance> GetTrialBalanceAsync(CancellationToken cancellationToken) =>
        channel.GetAsync<TrialBalance>($"{Root}/ledger/trial-balance", cancellationToken);
}
