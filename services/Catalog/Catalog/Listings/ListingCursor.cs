using System.Globalization;

namespace Marketplace.Catalog.Listings;

/// <summary>The last listing of a page, in the order of the search.</summary>
internal readonly record struct ListingCursor(long PriceMicrosPerUnitDay, ListingId Id)
{
    private const char Separator = '_';

    public static ListingCursor Of(Api.Listing last) => new(last.PriceMicrosPerUnitDay, last.Id);

    /// <exception cref="BusinessRuleException"><c>cursor-invalid</c></exception>
    public static ListingCursor Parse(string text)
    {
        var parts = text.Split(Separator, 3);
        return parts is [var price, var id]
            && long.TryParse(price, NumberStyles.None, CultureInfo.InvariantCulture, out var priceMicros)
            && ListingId.TryParse(id, out var listingId)
                ? new ListingCursor(priceMicros, listingId)
                : throw BusinessRuleException.Invalid(
                    "cursor-invalid", "Take the cursor from the page before as it stands.");
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{PriceMicrosPerUnitDay}{Separator}{Id}");
}
