using Marketplace.Messages.Catalog;

namespace Marketplace.Ordering.Listings;

/// <summary>Ordering's own copy of a listing: enough to price it and to know what of it is free.</summary>
internal sealed class OfferedListing
{
    private OfferedListing()
    {
    }

    public ListingId Id { get; private init; }

    public RigId RigId { get; private set; }

    public OrganisationId SellerId { get; private set; }

    public string Title { get; private set; } = "";

    public string Algorithm { get; private set; } = "";

    public Hashrate OfferedHashrate { get; private set; }

    public long PriceMicrosPerUnitDay { get; private set; }

    public Currency Currency { get; private set; }

    public int ShortestDurationSeconds { get; private set; }

    public int LongestDurationSeconds { get; private set; }

    public bool IsPublished { get; private set; }

    public UnitPrice UnitPrice => new(PriceMicrosPerUnitDay, Currency);

    public static OfferedListing Of(ListingChanged listing)
    {
        var copy = new OfferedListing { Id = new ListingId(listing.ListingId) };
        copy.Apply(listing);
        return copy;
    }

    /// <summary>Versions arrive in order, so the last one applied is how the listing stands.</summary>
    public void Apply(ListingChanged listing)
    {
        RigId = new RigId(listing.RigId);
        SellerId = new OrganisationId(listing.SellerId);
        Title = listing.Title;
        Algorithm = listing.Algorithm;
        OfferedHashrate = new Hashrate(listing.OfferedHashesPerSecond);
        PriceMicrosPerUnitDay = listing.PriceMicrosPerUnitDay;
        Currency = Currency.Of(listing.Currency);
        ShortestDurationSeconds = listing.ShortestDurationSeconds;
        LongestDurationSeconds = listing.LongestDurationSeconds;
        IsPublished = listing.IsPublished;
    }
}
