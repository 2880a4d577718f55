using Marketplace.Ordering.Orders;
using Marketplace.Ordering.Tests.Support;

namespace Marketplace.Ordering.Tests.Orders;

public sealed class OrderTests
{
    [Fact]
    public void An_order_is_placed_until_its_quotes_lock_ends()
    {
        var order = Made.Order();
        order.Status.ShouldBe(OrderStatus.Placed);
        order.PayBeforeAt.ShouldBe(Made.Now + Made.Lock);
    }

    [Fact]
    public void An_expired_quote_is_not_ordered()
    {
        var quote = Made.Quote();
        Order.Place(quote, quote.LockedUntilAt.AddMilliseconds(-1)).Status.ShouldBe(OrderStatus.Placed);
        Made.CodeOf(() => Order.Place(quote, quote.LockedUntilAt)).ShouldBe("quote-expired");
    }

    [Fact]
    public void A_quote_with_a_failed_check_is_not_ordered() =>
        Made.CodeOf(() => Order.Place(Made.Quote("fail"), Made.Now)).ShouldBe("quote-not-orderable");

    [Fact]
    public void A_quote_with_a_warning_is_ordered() =>
        Order.Place(Made.Quote("warn"), Made.Now).Status.ShouldBe(OrderStatus.Placed);

    [Fact]
    public void A_placed_order_is_paid_once()
    {
        var order = Made.Order();
        order.Pay(Made.Now);
        order.Status.ShouldBe(OrderStatus.Paid);
        order.PaidAt.ShouldBe(Made.Now);
        Made.CodeOf(() => order.Pay(Made.Now)).ShouldBe("order-paid");
    }

    [Fact]
    public void An_order_lapses_only_once_its_time_to_pay_is_over()
    {
        var order = Made.Order();
        Made.CodeOf(() => order.Lapse(order.PayBeforeAt.AddTicks(-1))).ShouldBe("order-not-due");
        order.Lapse(order.PayBeforeAt);
        order.Status.ShouldBe(OrderStatus.Lapsed);
        order.Lapse(order.PayBeforeAt.AddHours(1));
        order.LapsedAt.ShouldBe(order.PayBeforeAt);
    }

    [Fact]
    public void A_lapsed_order_is_paid_only_after_it_was_revived()
    {
        var order = Made.Order();
        order.Lapse(order.PayBeforeAt);
        Made.CodeOf(() => order.Pay(Made.Now)).ShouldBe("order-lapsed");
        order.Revive();
        order.Pay(Made.Now);
        order.Status.ShouldBe(OrderStatus.Paid);
        order.LapsedAt.ShouldBeNull();
    }

    [Fact]
    public void Only_a_lapsed_order_is_revived()
    {
        Made.CodeOf(() => Made.Order().Revive()).ShouldBe("order-not-lapsed");
        var paid = Made.Order();
        paid.Pay(Made.Now);
        Made.CodeOf(paid.Revive).ShouldBe("order-not-lapsed");
    }

    [Fact]
    public void A_paid_order_never_lapses()
    {
        var order = Made.Order();
        order.Pay(Made.Now);
        Made.CodeOf(() => order.Lapse(order.PayBeforeAt)).ShouldBe("order-paid");
    }
}
