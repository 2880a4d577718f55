using Marketplace.Ordering.Database;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Ordering.Contracts;

internal static class ListContractsHandler
{
    /// <summary>Contracts on one page.</summary>
    private const int DefaultPageSize = 50;

    private const int MaxPageSize = 100;

    public static async Task<Ok<List<Client.Ordering.Contract>>> HandleAsync(
        ContractId? before,
        int? limit,
        Caller caller,
        OrderingDbContext db,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MaxPageSize)
        {
            throw BusinessRuleException.Invalid("limit-out-of-range", $"A page has 1 to {MaxPageSize} contracts.");
        }

        var own = db.Contracts.AsNoTracking().Where(contract =>
            contract.RenterId == caller.OrganisationId || contract.SellerId == caller.OrganisationId);
        if (before is { } last)
        {
            own = own.Where(contract => contract.Number < db.Contracts
                .Where(other => other.Id == last).Select(other => other.Number).FirstOrDefault());
        }

        var page = await own
            .OrderByDescending(contract => contract.Number)
            .Take(limit ?? DefaultPageSize)
            .ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        return TypedResults.Ok(page.ConvertAll(contract => contract.ToView(caller.OrganisationId, now)));
    }
}
