using System.Runtime.CompilerServices;
using System.Text.Json;

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

    /// <summary>Every sealed entry, block by block, each block behind its entries; for finance.</summary>
    public async IAsyncEnumerable<JournalLine> ReadJournalAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await channel.GetStreamAsync($"{Root}/ledger/journal", cancellationToken);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return JsonSerializer.Deserialize<JournalLine>(line, ApiChannel.Json)
                ?? throw new JsonException("An empty line in the journal.");
        }
    }

    /// <summary>The last block, for any signed-in person: keep it outside of the marketplace.</summary>
    /// <exception cref="ApiProblemException"><c>journal-empty</c>.</exception>
    public Task<JournalBlock> GetJournalHeadAsync(CancellationToken cancellationToken) =>
        channel.GetAsync<JournalBlock>($"{Root}/ledger/head", cancellationToken);

    /// <summary>What the books say after a block, for finance.</summary>
    /// <exception cref="ApiProblemException"><c>block-not-found</c>.</exception>
    public Task<JournalBalances> GetJournalBalancesAsync(long throughBlock, CancellationToken cancellationToken) =>
        channel.GetAsync<JournalBalances>(
            $"{Root}/ledger/journal/balances?throughBlock={throughBlock}", cancellationToken);

    /// <summary>For finance, as all that follows.</summary>
    public Task<IReadOnlyList<PeriodView>> GetPeriodsAsync(CancellationToken cancellationToken) =>
        channel.GetAsync<IReadOnlyList<PeriodView>>($"{Root}/ledger/periods", cancellationToken);

    /// <summary>What was sealed when a month was closed.</summary>
    /// <exception cref="ApiProblemException"><c>closed-period-not-found</c>.</exception>
    public Task<IReadOnlyList<AccountBalance>> GetPeriodBalancesAsync(
        string period, CancellationToken cancellationToken) =>
        channel.GetAsync<IReadOnlyList<AccountBalance>>(
            $"{Root}/ledger/periods/{Uri.EscapeDataString(period)}/balances", cancellationToken);

    /// <param name="period"><c>2026-11</c></param>
    /// <param name="change"><c>soft-close</c>, <c>reopen</c> or <c>close</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ApiProblemException">
    /// <c>period-not-over</c>, <c>period-out-of-order</c>, <c>period-in-other-status</c>.
    /// </exception>
    public Task<PeriodView> ChangePeriodAsync(string period, string change, CancellationToken cancellationToken) =>
        channel.PostAsync<object, PeriodView>(
            $"{Root}/ledger/periods/{Uri.EscapeDataString(period)}/{change}", new object(), cancellationToken);

    public Task<IReadOnlyList<EntryProposal>> GetProposalsAsync(CancellationToken cancellationToken) =>
        channel.GetAsync<IReadOnlyList<EntryProposal>>($"{Root}/ledger/proposals", cancellationToken);

    /// <exception cref="ApiProblemException">
    /// <c>account-unknown</c>, <c>account-of-provider</c>, <c>entry-unbalanced</c>.
    /// </exception>
    public Task<EntryProposal> ProposeEntryAsync(ProposeEntry entry, CancellationToken cancellationToken) =>
        channel.PostAsync<ProposeEntry, EntryProposal>($"{Root}/ledger/proposals", entry, cancellationToken);

    /// <exception cref="ApiProblemException">
    /// <c>entry-not-found</c>, <c>entry-reversed</c>, <c>account-of-provider</c>.
    /// </exception>
    public Task<EntryProposal> ProposeReversalAsync(
        EntryId entryId, ProposeReversal reversal, CancellationToken cancellationToken) =>
        channel.PostAsync<ProposeReversal, EntryProposal>(
            $"{Root}/ledger/entries/{entryId}/reversal", reversal, cancellationToken);

    /// <exception cref="ApiProblemException">
    /// <c>proposal-not-found</c>, <c>proposal-decided</c>, <c>second-person-needed</c>, <c>entry-reversed</c>,
    /// <c>funds-insufficient</c>.
    /// </exception>
    public Task<EntryProposal> ApproveProposalAsync(Guid id, CancellationToken cancellationToken) =>
        channel.PostAsync<object, EntryProposal>(
            $"{Root}/ledger/proposals/{id}/approve", new object(), cancellationToken);

    /// <exception cref="ApiProblemException"><c>proposal-not-found</c>, <c>proposal-decided</c>.</exception>
    public Task<EntryProposal> RejectProposalAsync(
        Guid id, RejectProposal answer, CancellationToken cancellationToken) =>
        channel.PostAsync<RejectProposal, EntryProposal>(
            $"{Root}/ledger/proposals/{id}/reject", answer, cancellationToken);

    /// <summary>The sealed journal as a file; the caller disposes it.</summary>
    /// <param name="format"><c>csv</c>, <c>hledger</c>, <c>beancount</c>, <c>quickbooks</c> or <c>xero</c>.</param>
    /// <param name="period">A month; null for all there is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ApiProblemException"><c>format-unknown</c>, <c>currency-unknown</c>.</exception>
    public Task<Stream> ExportJournalAsync(string format, string? period, CancellationToken cancellationToken) =>
        channel.GetStreamAsync(
            $"{Root}/ledger/exports/{Uri.EscapeDataString(format)}"
            + (period is null ? "" : $"?period={Uri.EscapeDataString(period)}"),
            cancellationToken);
}
