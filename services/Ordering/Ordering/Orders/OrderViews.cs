namespace Marketplace.Ordering.Orders;

internal static class OrderViews
{
    public static Client.Ordering.Order ToView(this Order order) => new(
        order.Id,
        order.ContractId,
        order.QuoteId,
        ToText(order.Status),
        order.Terms.Total,
        order.PlacedAt,
        order.PayBeforeAt);

    private static string ToText(OrderStatus status) => status switch
    {
        OrderStatus.Placed => "placed",
        OrderStatus.Paid => "paid",
        OrderStatus.Lapsed => "lapsed",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "An order has no such status."),
    };
}
