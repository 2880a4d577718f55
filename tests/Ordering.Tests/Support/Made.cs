using Marketplace.Messages.Catalog;
using Marketplace.Ordering.Contracts;
using Marketplace.Ordering.Destinations;
using Marketplace.Ordering.Listings;
using Marketplace.Ordering.Orders;
using Marketplace.Ordering.Pricing;
using Marketplace.Ordering.Quotes;

namespace Marketplace.Ordering.Tests.Support;

/// <summary>Aggregates in a given state, for the rules that need no host.</summary>
internal static class Made
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Lock = TimeSpan.FromMinutes(10);

    public static OfferedListing Listing() => OfferedListing.Of(new ListingChanged(
        Guid.CreateVersion7(Now), Guid.CreateVersion7(Now), Guid.CreateVersion7(Now), "Fjord", "sha256d",
        Hashrate.FromTerahashes(1_000).HashesPerSecond, 86_400_000, "USD", 60, 86_400, IsPublished: true, Version: 1));

    public static Quote Quote(string verdict = "pass")
    {
        var listing = Listing();
        var wanted = new WantedHashrate(
            listing.Title, Algorithm.Sha256d, listing.OfferedHashrate, 3_600, listing.UnitPrice);
        var destination = new Destination
        {
            Id = new DestinationId(Guid.CreateVersion7(Now)),
            Url = ProxyDouble.GoodPool,
            User = "renter.worker",
            SealedPassword = "v1.sealed",
            Priority = 0,
        };
        return Marketplace.Ordering.Quotes.Quote.Lock(
            listing,
            new OrganisationId(Guid.CreateVersion7(Now)),
            Pricer.TermsOf(wanted, new PricingOptions().At(Now)),
            [destination],
            [new(destination.Url, destination.User, verdict, [], [], Now)],
            Now,
            Lock);
    }

    public static Order Order() => Marketplace.Ordering.Orders.Order.Place(Quote(), Now);

    public static Contract Contract()
    {
        var quote = Quote();
        var order = Marketplace.Ordering.Orders.Order.Place(quote, Now);
        order.Pay(Now);
        return Marketplace.Ordering.Contracts.Contract.Start(order, quote.Destinations, Now);
    }

    public static Outcome Outcome(long earnedMinor = 360) => new()
    {
        ProvedWork = new Work(1),
        Earned = Money.FromMinor(earnedMinor, Currency.Usd),
        Returned = Money.FromMinor(0, Currency.Usd),
        SettledAt = Now.AddHours(2),
    };

    /// <summary>The stable code with which a rule refuses.</summary>
    public static string CodeOf(Action broken) => Should.Throw<BusinessRuleException>(broken).Code;
}
