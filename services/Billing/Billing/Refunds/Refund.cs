using Marketplace.Billing.Settlement;

namespace Marketplace.Billing.Refunds;

internal readonly record struct RefundId(Guid Value) : ITypedId<RefundId>
{
    public static RefundId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

internal enum RefundStatus
{
    /// <summary>Committed before the provider is called.</summary>
    Intended,

    Returned,
}

/// <summary>Money on its way back to the payment it came from. Its id is the idempotency key.</summary>
internal sealed class Refund
{
    private Refund()
    {
    }

    public RefundId Id { get; private init; }

    public ContractId ContractId { get; private init; }

    public OrganisationId RenterId { get; private init; }

    public OrganisationId SellerId { get; private init; }

    public string ProviderPaymentId { get; private init; } = "";

    public Currency Currency { get; private init; }

    public Int128 Units { get; private init; }

    public DateTimeOffset AskedAt { get; private init; }

    public RefundStatus Status { get; private set; }

    public string? ProviderRefundId { get; private set; }

    public DateTimeOffset? ReturnedAt { get; private set; }

    public Money Amount => new(Units, Currency);

    public ContractParties Parties => new(ContractId, RenterId, SellerId);

    public string IdempotencyKey => Id.ToString();

    public static Refund Ask(
        ContractParties parties, string providerPaymentId, Money amount, DateTimeOffset at) => new()
    {
        Id = NewId(at),
        ContractId = parties.Contract,
        RenterId = parties.Renter,
        SellerId = parties.Seller,
        ProviderPaymentId = providerPaymentId,
        Currency = amount.Currency,
        Units = amount.Units,
        AskedAt = at,
        Status = RefundStatus.Intended,
    };

    public void Return(string providerRefundId, DateTimeOffset at) =>
        (Status, ProviderRefundId, ReturnedAt) = (RefundStatus.Returned, providerRefundId, at);

    private static RefundId NewId(DateTimeOffset at) => RefundId.From(Guid.CreateVersion7(at));
}
