using Marketplace.Ordering.Database;
using Marketplace.Ordering.Listings;
using Marketplace.Ordering.Orders;
using Marketplace.Ordering.Pricing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Ordering.Capacity;

/// <summary>
/// What of a rig is promised. A listing sells no more than it offers, and all listings of a rig together no more than
/// its seller offers now: what runs on under a withdrawn listing is not sold again under the next.
/// </summary>
internal sealed class RigCapacity(OrderingDbContext db, IOptions<OrderingOptions> options)
{
    /// <summary>Orders of a rig take turns to the end of the transaction; only then is it known what is free.</summary>
    public Task LockAsync(RigId rigId, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"SELECT 1 FROM listings WHERE rig_id = {rigId.Value} ORDER BY id FOR UPDATE", cancellationToken);

    /// <summary>Free from now to the end of a contract that is paid at the last moment.</summary>
    /// <exception cref="BusinessRuleException"><c>listing-withdrawn</c>, <c>capacity-taken</c></exception>
    public async Task EnsureFreeAsync(
        OfferedListing listing, Terms terms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!listing.IsPublished)
        {
            throw new BusinessRuleException("listing-withdrawn", "The seller has withdrawn this listing.");
        }

        var untilAt = now + options.Value.QuoteLock + options.Value.LapseGrace + terms.Duration;
        var ofRig = await ReservationsAsync(listing.RigId, now, cancellationToken);
        var ofListing = ofRig.Where(reserved => reserved.ListingId == listing.Id).ToList();
        var offeredByRig = await OfferedAsync(listing.RigId, cancellationToken);
        var free = Least(
            CapacityRules.Free(listing.OfferedHashrate, ofListing, now, untilAt),
            CapacityRules.Free(offeredByRig, ofRig, now, untilAt));
        if (terms.Hashrate > free)
        {
            throw new BusinessRuleException("capacity-taken", $"Only {free} of this listing is free for that time.");
        }
    }

    /// <summary>One statement, so that an order is never missed on its way to becoming a contract.</summary>
    private async Task<List<Reservation>> ReservationsAsync(
        RigId rigId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await (
            from order in db.Orders
            join contract in db.Contracts on order.ContractId equals contract.Id into contracts
            from contract in contracts.DefaultIfEmpty()
            where order.RigId == rigId
                && (order.Status == OrderStatus.Placed
                    || (contract != null && contract.EndAt > now && contract.ReleasedAt == null))
            select new
            {
                order.ListingId,
                order.Terms.Hashrate,
                order.Terms.DurationSeconds,
                order.PlacedAt,
                order.PayBeforeAt,
                StartAt = contract != null ? (DateTimeOffset?)contract.StartAt : null,
                EndAt = contract != null ? (DateTimeOffset?)contract.EndAt : null,
            }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new Reservation(
            row.ListingId,
            row.Hashrate,
            row.StartAt ?? row.PlacedAt,
            row.EndAt ?? LastEndOf(row.PayBeforeAt, row.DurationSeconds, now)))];
    }

    /// <summary>An order holds its hashrate until it is marked lapsed, however late that is.</summary>
    private DateTimeOffset LastEndOf(DateTimeOffset payBeforeAt, int durationSeconds, DateTimeOffset now)
    {
        var latestStartAt = payBeforeAt + options.Value.LapseGrace;
        return (latestStartAt > now ? latestStartAt : now) + TimeSpan.FromSeconds(durationSeconds);
    }

    private async Task<Hashrate> OfferedAsync(RigId rigId, CancellationToken cancellationToken)
    {
        var offers = await db.Listings
            .Where(listing => listing.RigId == rigId && listing.IsPublished)
            .Select(listing => listing.OfferedHashrate)
            .ToListAsync(cancellationToken);
        return offers.Aggregate(Hashrate.Zero, (sum, offer) => sum + offer);
    }

    private static Hashrate Least(Hashrate left, Hashrate right) => left <= right ? left : right;
}
