using Marketplace.Client.Catalog;
using Marketplace.Client.Ordering;
using Marketplace.Ordering.Database;
using Marketplace.Ordering.Destinations;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Destination = Marketplace.Ordering.Destinations.Destination;

namespace Marketplace.Ordering.Contracts;

/// <summary>
/// New pools are checked before they are taken, as for a quote; no transaction is open while they are dialled. Those
/// that stay are not touched.
/// </summary>
internal sealed class ChangeDestinationsHandler(
    OrderingDbContext db, PoolChecks checks, DestinationSealer sealer, TimeProvider time)
{
    public static async Task<Ok<Client.Ordering.Contract>> HandleAsync(
        ContractId contractId,
        ChangeDestinations request,
        Caller caller,
        ChangeDestinationsHandler handler,
        CancellationToken cancellationToken)
    {
        var wanted = DestinationRules.Checked(request.Destinations);
        var contract = await handler.ChangeAsync(contractId, wanted, caller.OrganisationId, cancellationToken);
        return TypedResults.Ok(contract.ToView(caller.OrganisationId, handler.Now));
    }

    private DateTimeOffset Now => time.NowInMilliseconds();

    private async Task<Contract> ChangeAsync(
        ContractId contractId,
        IReadOnlyList<WantedDestination> wanted,
        OrganisationId renterId,
        CancellationToken cancellationToken)
    {
        var before = await FindAsync(db.Contracts.AsNoTracking(), contractId, renterId, cancellationToken);
        before.EnsureChangeable(Now);
        _ = Merge(before, wanted);
        await CheckAsync(before, [.. wanted.Select(one => one.Pool).OfType<Pool>()], cancellationToken);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockContractAsync(contractId, cancellationToken);
        var contract = await FindAsync(db.Contracts, contractId, renterId, cancellationToken);
        contract.ChangeDestinations(Merge(contract, wanted), Now);
        db.Publish(contract.ToMessage());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return contract;
    }

    private static async Task<Contract> FindAsync(
        IQueryable<Contract> contracts,
        ContractId contractId,
        OrganisationId renterId,
        CancellationToken cancellationToken) =>
        await contracts.SingleOrDefaultAsync(
            contract => contract.Id == contractId && contract.RenterId == renterId, cancellationToken)
        ?? throw BusinessRuleException.NotFound("contract");

    private List<Destination> Merge(Contract contract, IReadOnlyList<WantedDestination> wanted) =>
    [
        .. wanted.Select((one, priority) => one.Pool is { } pool
            ? sealer.Seal(pool, priority, Now)
            : contract.Destinations.SingleOrDefault(known => known.Id == one.Stays)
                ?? throw BusinessRuleException.NotFound("destination")),
    ];

    private async Task CheckAsync(Contract contract, IReadOnlyList<Pool> pools, CancellationToken cancellationToken)
    {
        var seen = await checks.CheckAsync(
            pools,
            Algorithm.Named(contract.Terms.Algorithm),
            contract.Terms.Hashrate,
            contract.RigId,
            cancellationToken);
        if (seen.FirstOrDefault(check => check.Verdict == PoolVerdicts.Fail) is { } failed)
        {
            var rule = failed.Rules.First(rule => rule.Verdict == PoolVerdicts.Fail);
            throw new BusinessRuleException(
                "destination-check-failed", $"{failed.Url} failed its check '{rule.Name}': {rule.Seen}. {rule.Fix}");
        }
    }
}
