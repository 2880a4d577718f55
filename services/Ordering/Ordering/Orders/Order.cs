using Marketplace.Messages.Ordering;
using Marketplace.Ordering.Pricing;
using Marketplace.Ordering.Quotes;

namespace Marketplace.Ordering.Orders;

/// <summary>A renter's request to buy, from placed to paid or lapsed, with every price frozen.</summary>
internal sealed class Order
{
    private Order()
    {
    }

    public OrderId Id { get; private init; }

    /// <summary>The contract it becomes; known from the start so that the money can be held under its name.</summary>
    public ContractId ContractId { get; private init; }

    public QuoteId QuoteId { get; private init; }

    public OrganisationId RenterId { get; private init; }

    public OrganisationId SellerId { get; private init; }

    public ListingId ListingId { get; private init; }

    public RigId RigId { get; private init; }

    public Terms Terms { get; private init; } = null!;

    public OrderStatus Status { get; private set; }

    public DateTimeOffset PlacedAt { get; private init; }

    public DateTimeOffset PayBeforeAt { get; private init; }

    public DateTimeOffset? PaidAt { get; private set; }

    public DateTimeOffset? LapsedAt { get; private set; }

    /// <exception cref="BusinessRuleException"><c>quote-not-orderable</c>, <c>quote-expired</c></exception>
    public static Order Place(Quote quote, DateTimeOffset now)
    {
        quote.EnsureOrderable(now);
        return new Order
        {
            Id = TypedIds.New<OrderId>(now),
            ContractId = TypedIds.New<ContractId>(now),
            QuoteId = quote.Id,
            RenterId = quote.RenterId,
            SellerId = quote.SellerId,
            ListingId = quote.ListingId,
            RigId = quote.RigId,
            Terms = quote.Terms,
            Status = OrderStatus.Placed,
            PlacedAt = now,
            PayBeforeAt = quote.LockedUntilAt,
        };
    }

    /// <exception cref="BusinessRuleException"><c>order-lapsed</c>, <c>order-paid</c></exception>
    public void Pay(DateTimeOffset paidAt)
    {
        if (Status == OrderStatus.Lapsed)
        {
            throw new BusinessRuleException("order-lapsed", "This order was not paid in time; order again.");
        }

        EnsureUnpaid();
        (Status, PaidAt) = (OrderStatus.Paid, paidAt);
    }

    /// <exception cref="BusinessRuleException"><c>order-paid</c>, <c>order-not-due</c></exception>
    public void Lapse(DateTimeOffset now)
    {
        EnsureUnpaid();
        if (now < PayBeforeAt)
        {
            throw new BusinessRuleException("order-not-due", "This order can still be paid.");
        }

        if (Status == OrderStatus.Placed)
        {
            (Status, LapsedAt) = (OrderStatus.Lapsed, now);
        }
    }

    /// <summary>
    /// A payment made in time whose message came late: the caller has seen, under the rig's lock, that the hashrate is
    /// still free.
    /// </summary>
    /// <exception cref="BusinessRuleException"><c>order-not-lapsed</c></exception>
    public void Revive()
    {
        if (Status != OrderStatus.Lapsed)
        {
            throw new BusinessRuleException("order-not-lapsed", "Only a lapsed order can be revived.");
        }

        (Status, LapsedAt) = (OrderStatus.Placed, null);
    }

    public OrderPlaced ToMessage() => new(
        Id.Value,
        ContractId.Value,
        RenterId.Value,
        SellerId.Value,
        ListingId.Value,
        Terms.ListingTitle,
        Terms.Algorithm,
        Terms.Hashrate.HashesPerSecond,
        Terms.DurationSeconds,
        Terms.PromisedWork.Hashes,
        Terms.Price.Units,
        Terms.RenterFee.Units,
        Terms.Vat.Units,
        Terms.Price.Currency.Code,
        Terms.RenterFeeBasisPoints,
        Terms.SellerFeeBasisPoints,
        Terms.VatBasisPoints,
        PlacedAt,
        PayBeforeAt);

    private void EnsureUnpaid()
    {
        if (Status == OrderStatus.Paid)
        {
            throw new BusinessRuleException("order-paid", "This order is paid.");
        }
    }
}
