using Marketplace.Catalog.Rigs;
using Marketplace.Messages.Catalog;

namespace Marketplace.Catalog.Listings;

/// <summary>
/// A seller's public offer of a rig's hashrate. Its terms never change: another price is another listing.
/// </summary>
internal sealed class Listing
{
    private Listing(
        ListingId id,
        RigId rigId,
        OrganisationId sellerId,
        string title,
        Algorithm algorithm,
        Hashrate offeredHashrate,
        long priceMicrosPerUnitDay,
        Currency currency,
        int shortestDurationSeconds,
        int longestDurationSeconds,
        DateTimeOffset publishedAt)
    {
        Id = id;
        RigId = rigId;
        SellerId = sellerId;
        Title = title;
        Algorithm = algorithm;
        OfferedHashrate = offeredHashrate;
        PriceMicrosPerUnitDay = priceMicrosPerUnitDay;
        Currency = currency;
        ShortestDurationSeconds = shortestDurationSeconds;
        LongestDurationSeconds = longestDurationSeconds;
        PublishedAt = publishedAt;
        IsPublished = true;
        Version = 1;
    }

    public ListingId Id { get; private set; }

    public RigId RigId { get; private set; }

    public OrganisationId SellerId { get; private set; }

    public string Title { get; private set; }

    public Algorithm Algorithm { get; private set; }

    public Hashrate OfferedHashrate { get; private set; }

    public long PriceMicrosPerUnitDay { get; private set; }

    public Currency Currency { get; private set; }

    public int ShortestDurationSeconds { get; private set; }

    public int LongestDurationSeconds { get; private set; }

    public bool IsPublished { get; private set; }

    public DateTimeOffset PublishedAt { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>Of <see cref="ListingChanged"/>: 1, 2, 3, ... without gaps.</summary>
    public long Version { get; private set; }

    /// <exception cref="BusinessRuleException">
    /// <c>title-invalid</c>, <c>offered-hashrate-invalid</c>, <c>price-invalid</c>, <c>duration-invalid</c>,
    /// <c>rig-without-pools</c>, <c>nameplate-exceeded</c>
    /// </exception>
    public static Listing Publish(Rig rig, Api.PublishListing request, bool isDemoWorld, TimeProvider time)
    {
        var title = RequiredText.Of(request.Title, ListingLimits.MaxTitleLength, "title-invalid", "the title");
        GuardTerms(request, isDemoWorld);
        rig.Offer(request.OfferedHashrate);
        return new Listing(
            TypedId.New<ListingId>(time),
            rig.Id,
            rig.SellerId,
            title,
            rig.Algorithm,
            request.OfferedHashrate,
            request.PriceMicrosPerUnitDay,
            request.Currency,
            request.ShortestDurationSeconds,
            request.LongestDurationSeconds,
            time.GetUtcNow());
    }

    /// <summary>False when it was withdrawn before: nothing changed and nothing is to be told.</summary>
    public bool Withdraw(Rig rig, DateTimeOffset now)
    {
        if (!IsPublished)
        {
            return false;
        }

        rig.TakeBack(OfferedHashrate);
        IsPublished = false;
        WithdrawnAt = now;
        Version++;
        return true;
    }

    public ListingChanged ToMessage() => new(
        Id.Value,
        RigId.Value,
        SellerId.Value,
        Title,
        Algorithm.Name,
        OfferedHashrate.HashesPerSecond,
        PriceMicrosPerUnitDay,
        Currency.Code,
        ShortestDurationSeconds,
        LongestDurationSeconds,
        IsPublished,
        Version);

    private static void GuardTerms(Api.PublishListing request, bool isDemoWorld)
    {
        Require(request.OfferedHashrate > Hashrate.Zero, "offered-hashrate-invalid", "Offer a hashrate above zero.");
        Require(
            request.PriceMicrosPerUnitDay is >= ListingLimits.LowestPriceMicrosPerUnitDay
                and <= ListingLimits.HighestPriceMicrosPerUnitDay,
            "price-invalid",
            $"A price is between {ListingLimits.LowestPriceMicrosPerUnitDay} and "
            + $"{ListingLimits.HighestPriceMicrosPerUnitDay} millionths per hashrate unit and day.");
        Require(request.Currency != default, "currency-unknown", "Name the currency of the price.");
        var shortest = isDemoWorld ? ListingLimits.ShortestDemoDurationSeconds : ListingLimits.ShortestDurationSeconds;
        Require(
            request.ShortestDurationSeconds >= shortest
                && request.LongestDurationSeconds <= ListingLimits.LongestDurationSeconds
                && request.ShortestDurationSeconds <= request.LongestDurationSeconds,
            "duration-invalid",
            $"Durations are between {shortest} and {ListingLimits.LongestDurationSeconds} seconds, shortest first.");
    }

    private static void Require(bool holds, string code, string message)
    {
        if (!holds)
        {
            throw BusinessRuleException.Invalid(code, message);
        }
    }
}
