namespace Marketplace.Client.Ordering;

/// <summary>Placing the same quote again returns the same order.</summary>
public sealed record PlaceOrder(QuoteId QuoteId);

/// <param name="Status"><c>placed</c>, <c>paid</c> or <c>lapsed</c>.</param>
public sealed record Order(
    OrderId Id,
    ContractId ContractId,
    QuoteId QuoteId,
    string Status,
    Money Total,
    DateTimeOffset PlacedAt,
    DateTimeOffset PayBeforeAt);
