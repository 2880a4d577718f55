using Marketplace.Billing.Orders;
using Marketplace.Client.Billing;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Settling;

internal static class ShowSettlement
{
    public static void MapSettlements(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/contracts/{contractId}/settlement", HandleAsync)
            .WithName("showSettlement")
            .WithSummary("The money of a contract straight from the ledger, for its renter, its seller and finance.");

    public static async Task<Ok<ContractSettlement>> HandleAsync(
        ContractId contractId, Caller caller, BillingDbContext context, CancellationToken cancellationToken)
    {
        var isFinance = caller.IsInRole(Policies.Finance);
        var order = await context.Orders.AsNoTracking().SingleOrDefaultAsync(
            billed => billed.ContractId == contractId && billed.Status != BillingStatus.Due
                && (isFinance || billed.RenterId == caller.OrganisationId || billed.SellerId == caller.OrganisationId),
            cancellationToken)
            ?? throw BusinessRuleException.NotFound("contract");
        var sums = await ContractSums.ReadAsync(context, order, cancellationToken);
        var proved = await ProvedWork.ReadAsync(context, contractId, cancellationToken);
        var (terms, accrued) = (order.Terms, sums.Accrued);
        return TypedResults.Ok(new ContractSettlement(
            contractId,
            StatusOf(order),
            terms.Price,
            terms.RenterFee,
            terms.Vat,
            sums.Held,
            accrued.Price,
            accrued.SellerNet,
            accrued.SellerFee,
            accrued.RenterFee,
            sums.Returned,
            terms.PromisedWork,
            proved.Work.Proved,
            Algorithm.Named(order.Algorithm).IsPoolAttested,
            proved.ReadingCount,
            order.AccruedThroughAt,
            proved.Work.RefusedByOurFault,
            sums.PaidByMarketplace));
    }

    private static string StatusOf(BilledOrder order) => order switch
    {
        { Status: BillingStatus.Settled } => "settled",
        { AccruedThroughAt: not null } => "accruing",
        _ => "held",
    };
}
