namespace Marketplace.Billing.Payments;

internal enum AttemptStatus
{
    /// <summary>
    /// Committed before the provider is called; after a crash its outcome is unknown until it is looked up.
    /// </summary>
    Intended,

    Paid,

    Declined,

    /// <summary>The provider never heard of it.</summary>
    Abandoned,

    /// <summary>Paid, but too late or twice: the money goes back.</summary>
    Returned,
}

/// <summary>One try to take an order's money. Its id is the idempotency key.</summary>
internal sealed class ChargeAttempt
{
    public required PaymentId Id { get; init; }

    public required OrderId OrderId { get; init; }

    /// <summary>The provider's token of the card.</summary>
    public required string Source { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public AttemptStatus Status { get; private set; } = AttemptStatus.Intended;

    public string? ProviderPaymentId { get; private set; }

    public DateTimeOffset? RecordedAt { get; private set; }

    /// <summary>An abandoned attempt that did reach the provider after all is still money.</summary>
    public bool IsOpen => Status is AttemptStatus.Intended or AttemptStatus.Abandoned;

    public string IdempotencyKey => Id.ToString();

    public void Record(AttemptStatus status, string? providerPaymentId, DateTimeOffset at) =>
        (Status, ProviderPaymentId, RecordedAt) = (status, providerPaymentId, at);
}
