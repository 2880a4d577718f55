namespace Marketplace.Billing.Payments;

/// <summary>
/// Where money comes in and goes back. Every call carries the idempotency key of an intent that is already committed;
/// after an unknown outcome the key is looked up, never simply sent again.
/// </summary>
internal interface IPaymentProvider
{
    /// <summary>As it is called in the books: <c>Assets:{Name}:Available</c>.</summary>
    string Name { get; }

    Task<ChargeOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken);

    /// <summary>What became of a charge; null when the provider never heard of it.</summary>
    Task<ChargeOutcome?> FindChargeAsync(string idempotencyKey, CancellationToken cancellationToken);

    Task<RefundOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken);

    /// <summary>What became of a refund; null when the provider never heard of it.</summary>
    Task<RefundOutcome?> FindRefundAsync(string idempotencyKey, CancellationToken cancellationToken);
}

/// <param name="Source">The provider's token of the card; never a card number.</param>
internal sealed record ChargeRequest(string IdempotencyKey, Money Amount, string Source);

/// <param name="ProviderPaymentId">Null when it was declined.</param>
internal sealed record ChargeOutcome(string? ProviderPaymentId, BalanceTransaction? Transaction)
{
    public static ChargeOutcome Declined { get; } = new(null, null);
}

internal sealed record RefundRequest(string IdempotencyKey, string ProviderPaymentId, Money Amount);

internal sealed record RefundOutcome(string ProviderRefundId, BalanceTransaction Transaction);
