using Marketplace.Ordering.Database;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Ordering.Contracts;

internal static class CancelContractHandler
{
    public static async Task<Ok<Client.Ordering.Contract>> HandleAsync(
        ContractId contractId,
        Caller caller,
        OrderingDbContext db,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockContractAsync(contractId, cancellationToken);
        var contract = await db.Contracts.SingleOrDefaultAsync(
            contract => contract.Id == contractId && contract.RenterId == caller.OrganisationId, cancellationToken)
            ?? throw BusinessRuleException.NotFound("contract");
        var now = time.NowInMilliseconds();
        if (contract.Cancel(now))
        {
            db.Publish(contract.ToMessage());
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return TypedResults.Ok(contract.ToView(caller.OrganisationId, now));
    }
}
