using Marketplace.Messages.Catalog;
using Marketplace.Ordering.Database;
using Marketplace.Ordering.Listings;
using Marketplace.ServiceDefaults.Messaging;

namespace Marketplace.Ordering.Messaging;

internal sealed class ListingChangedConsumer(OrderingDbContext db) : IMessageConsumer<ListingChanged>
{
    public async Task ConsumeAsync(ListingChanged message, CancellationToken cancellationToken)
    {
        var listing = await db.Listings.FindAsync([new ListingId(message.ListingId)], cancellationToken);
        if (listing is null)
        {
            db.Listings.Add(OfferedListing.Of(message));
        }
        else
        {
            listing.Apply(message);
        }
    }
}
