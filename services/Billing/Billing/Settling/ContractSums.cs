using System.Numerics;
using Marketplace.Billing.Ledger;
using Marketplace.Billing.Orders;
using Marketplace.Billing.Settlement;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Settling;

/// <summary>What the books say about one contract, by kind of entry and account.</summary>
internal sealed class ContractSums
{
    private readonly BilledOrder _order;
    private readonly IReadOnlyList<Sum> _sums;

    private ContractSums(BilledOrder order, IReadOnlyList<Sum> sums) => (_order, _sums) = (order, sums);

    public Money Held => Owed(Account.Held(_order.ContractId));

    /// <summary>What was accrued out of the hold until now.</summary>
    public Earnings Accrued => new(
        Owed(Account.SellerAccrued(_order.SellerId), "accrual"),
        Owed(Account.SellerFee, "accrual"),
        Owed(Account.RenterFee, "accrual"));

    /// <summary>To the seller at the end, out of the marketplace's own pocket.</summary>
    public Money PaidByMarketplace => Owed(Account.SellerAccrued(_order.SellerId), "refused");

    /// <summary>To the renter at the end, fee and tax included.</summary>
    public Money Returned => Owed(Account.RenterBalance(_order.RenterId), "close");

    public static async Task<ContractSums> ReadAsync(
        BillingDbContext context, BilledOrder order, CancellationToken cancellationToken)
    {
        var sums = await context.Database.SqlQuery<Sum>(
            $"""
            SELECT split_part(entry.key, ':', 1) AS kind, posting.account AS account, sum(posting.units) AS units
            FROM entries entry JOIN postings posting ON posting.entry_id = entry.id
            WHERE entry.contract_id = {order.ContractId.Value} AND posting.currency = {order.Currency.Code}
            GROUP BY 1, 2
            """).ToListAsync(cancellationToken);
        return new ContractSums(order, sums);
    }

    private Money Owed(Account account, string? kind = null) => new(
        -(Int128)_sums.Where(sum => sum.Account == account.Name && (kind is null || sum.Kind == kind))
            .Aggregate(BigInteger.Zero, (total, sum) => total + sum.Units),
        _order.Currency);

    private sealed record Sum(string Kind, string Account, BigInteger Units);
}
