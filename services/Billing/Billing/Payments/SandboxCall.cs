namespace Marketplace.Billing.Payments;

/// <summary>
/// What the sandbox provider remembers: one row per idempotency key, as a real provider keeps it on its side.
/// </summary>
internal sealed class SandboxCall
{
    public required string IdempotencyKey { get; init; }

    /// <summary>The source of a charge, or the payment that is refunded.</summary>
    public required string Subject { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>1e-8 of the currency; negative for a refund.</summary>
    public required Int128 Units { get; init; }

    public required bool IsAccepted { get; init; }

    public required DateTimeOffset MadeAt { get; init; }
}
