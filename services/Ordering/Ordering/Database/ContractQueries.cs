using Marketplace.Ordering.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Ordering.Database;

internal static class ContractQueries
{
    /// <summary>A contract to change, its row locked until the transaction ends.</summary>
    /// <exception cref="BusinessRuleException"><c>contract-not-found</c></exception>
    public static async Task<Contract> TakeContractAsync(
        this OrderingDbContext db, ContractId contractId, CancellationToken cancellationToken)
    {
        await db.LockContractAsync(contractId, cancellationToken);
        return await db.Contracts.SingleOrDefaultAsync(contract => contract.Id == contractId, cancellationToken)
            ?? throw BusinessRuleException.NotFound("contract");
    }
}
