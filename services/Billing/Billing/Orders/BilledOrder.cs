using Marketplace.Billing.Settlement;
using Marketplace.Messages.Ordering;

namespace Marketplace.Billing.Orders;

internal enum BillingStatus
{
    /// <summary>Waiting for its payment.</summary>
    Due,

    /// <summary>Its money is held.</summary>
    Held,

    /// <summary>Its hold is empty.</summary>
    Settled,
}

/// <summary>
/// An order and the contract it becomes, as far as money goes: what was agreed, and how far it is settled.
/// </summary>
internal sealed class BilledOrder
{
    private BilledOrder()
    {
    }

    public OrderId Id { get; private init; }

    public ContractId ContractId { get; private init; }

    public OrganisationId RenterId { get; private init; }

    public OrganisationId SellerId { get; private init; }

    public string ListingTitle { get; private init; } = "";

    public string Algorithm { get; private init; } = "";

    public Hashrate Hashrate { get; private init; }

    public int DurationSeconds { get; private init; }

    public Work PromisedWork { get; private init; }

    public Currency Currency { get; private init; }

    public Int128 PriceUnits { get; private init; }

    public Int128 RenterFeeUnits { get; private init; }

    public Int128 VatUnits { get; private init; }

    public int RenterFeeBasisPoints { get; private init; }

    public int SellerFeeBasisPoints { get; private init; }

    public int VatBasisPoints { get; private init; }

    public DateTimeOffset PlacedAt { get; private init; }

    public DateTimeOffset PayBeforeAt { get; private init; }

    public BillingStatus Status { get; private set; }

    public DateTimeOffset? PaidAt { get; private set; }

    /// <summary>The provider's name of the payment: where a refund goes back to.</summary>
    public string? ProviderPaymentId { get; private set; }

    /// <summary>Null until Ordering has said when the contract runs.</summary>
    public DateTimeOffset? StartAt { get; private set; }

    public DateTimeOffset? EndAt { get; private set; }

    /// <summary>The end of the last minute that is in the books.</summary>
    public DateTimeOffset? AccruedThroughAt { get; private set; }

    public DateTimeOffset? NextAccrualAt { get; private set; }

    public DateTimeOffset? SettledAt { get; private set; }

    public ContractParties Parties => new(ContractId, RenterId, SellerId);

    public ContractTerms Terms => ContractTerms.Of(
        PromisedWork, In(PriceUnits), In(RenterFeeUnits), In(VatUnits), SellerFeeBasisPoints, VatBasisPoints);

    /// <exception cref="BusinessRuleException"><c>order-terms-invalid</c></exception>
    public static BilledOrder Place(OrderPlaced message)
    {
        var order = new BilledOrder
        {
            Id = new OrderId(message.OrderId),
            ContractId = new ContractId(message.ContractId),
            RenterId = new OrganisationId(message.RenterId),
            SellerId = new OrganisationId(message.SellerId),
            ListingTitle = message.ListingTitle,
            Algorithm = message.Algorithm,
            Hashrate = new Hashrate(message.HashesPerSecond),
            DurationSeconds = message.DurationSeconds,
            PromisedWork = new Work(message.PromisedHashes),
            Currency = Currency.Of(message.Currency),
            PriceUnits = message.PriceUnits,
            RenterFeeUnits = message.RenterFeeUnits,
            VatUnits = message.VatUnits,
            RenterFeeBasisPoints = message.RenterFeeBasisPoints,
            SellerFeeBasisPoints = message.SellerFeeBasisPoints,
            VatBasisPoints = message.VatBasisPoints,
            PlacedAt = message.PlacedAt,
            PayBeforeAt = message.PayBeforeAt,
            Status = BillingStatus.Due,
        };
        _ = order.Terms;
        return order;
    }

    public bool MayBePaidAt(DateTimeOffset at) => Status == BillingStatus.Due && at <= PayBeforeAt;

    /// <exception cref="BusinessRuleException"><c>order-lapsed</c></exception>
    public void Pay(string providerPaymentId, DateTimeOffset at)
    {
        if (!MayBePaidAt(at))
        {
            throw Lapsed();
        }

        (Status, PaidAt, ProviderPaymentId) = (BillingStatus.Held, at, providerPaymentId);
    }

    /// <summary>The window may still move: a cancellation is an end that moved forward.</summary>
    public void Run(DateTimeOffset startAt, DateTimeOffset endAt, TimeSpan accrualInterval)
    {
        if (Status == BillingStatus.Due)
        {
            throw new InvalidOperationException($"Contract {ContractId} runs although its order is not paid.");
        }

        (StartAt, EndAt) = (startAt, endAt);
        NextAccrualAt ??= startAt + accrualInterval;
    }

    public void AccrueThrough(DateTimeOffset throughAt, DateTimeOffset nextAt) =>
        (AccruedThroughAt, NextAccrualAt) = (throughAt, nextAt);

    public void WaitForReadings(DateTimeOffset nextAt) => NextAccrualAt = nextAt;

    public void Settle(DateTimeOffset? throughAt, DateTimeOffset at)
    {
        if (Status != BillingStatus.Held)
        {
            throw new InvalidOperationException($"Contract {ContractId} is {Status} and cannot be settled.");
        }

        (Status, SettledAt, NextAccrualAt) = (BillingStatus.Settled, at, null);
        AccruedThroughAt = throughAt ?? AccruedThroughAt;
    }

    public static BusinessRuleException Lapsed() =>
        new("order-lapsed", "The time to pay this order is over. Ask for a new quote; nothing was charged.");

    private Money In(Int128 units) => new(units, Currency);
}
