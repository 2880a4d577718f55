using Marketplace.Client.HashrateProxy;
using Marketplace.Ordering.Destinations;
using Marketplace.Ordering.Listings;
using Marketplace.Ordering.Pricing;

namespace Marketplace.Ordering.Quotes;

/// <summary>A price for a renter that holds until a time, with what was seen at each of the renter's pools.</summary>
internal sealed class Quote
{
    private readonly List<Destination> _destinations = [];

    private Quote()
    {
    }

    public QuoteId Id { get; private init; }

    public OrganisationId RenterId { get; private init; }

    public OrganisationId SellerId { get; private init; }

    public ListingId ListingId { get; private init; }

    public RigId RigId { get; private init; }

    public Terms Terms { get; private init; } = null!;

    public DateTimeOffset AskedAt { get; private init; }

    /// <summary>The first instant at which it can no longer be ordered or paid.</summary>
    public DateTimeOffset LockedUntilAt { get; private init; }

    public IReadOnlyList<PoolCheck> PoolChecks { get; private init; } = [];

    public IReadOnlyList<Destination> Destinations => _destinations;

    /// <summary>A renter whose pool failed its check would pay for work that arrives nowhere.</summary>
    public bool IsOrderable => PoolChecks.All(check => check.Verdict != PoolVerdicts.Fail);

    public static Quote Lock(
        OfferedListing listing,
        OrganisationId renterId,
        Terms terms,
        IReadOnlyCollection<Destination> destinations,
        IReadOnlyList<PoolCheck> checks,
        DateTimeOffset now,
        TimeSpan lockedFor)
    {
        var quote = new Quote
        {
            Id = TypedIds.New<QuoteId>(now),
            RenterId = renterId,
            SellerId = listing.SellerId,
            ListingId = listing.Id,
            RigId = listing.RigId,
            Terms = terms,
            AskedAt = now,
            LockedUntilAt = now + lockedFor,
            PoolChecks = checks,
        };
        quote._destinations.AddRange(destinations);
        return quote;
    }

    /// <exception cref="BusinessRuleException"><c>quote-not-orderable</c>, <c>quote-expired</c></exception>
    public void EnsureOrderable(DateTimeOffset now)
    {
        if (!IsOrderable)
        {
            throw new BusinessRuleException(
                "quote-not-orderable", "A pool check failed; follow what it says and ask for a new quote.");
        }

        if (now >= LockedUntilAt)
        {
            throw new BusinessRuleException("quote-expired", "This price no longer holds; ask for a new quote.");
        }
    }
}
