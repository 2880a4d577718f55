using Marketplace.Ordering.Database;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Ordering.Contracts;

internal static class GetContractHandler
{
    public static async Task<Ok<Client.Ordering.Contract>> HandleAsync(
        ContractId contractId,
        Caller caller,
        OrderingDbContext db,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var contract = await db.Contracts.AsNoTracking().SingleOrDefaultAsync(
            contract => contract.Id == contractId
                && (contract.RenterId == caller.OrganisationId || contract.SellerId == caller.OrganisationId),
            cancellationToken) ?? throw BusinessRuleException.NotFound("contract");
        return TypedResults.Ok(contract.ToView(caller.OrganisationId, time.GetUtcNow()));
    }
}
