namespace Marketplace.Billing.Payments;

/// <summary>Section <c>Payments</c>.</summary>
internal sealed record PaymentOptions
{
    /// <summary>
    /// Orders may be paid with test cards and no money; default false. The demo world switches it on too.
    /// </summary>
    public bool Sandbox { get; init; }
}

/// <summary>Section <c>DemoWorld</c>, as far as money goes.</summary>
internal sealed record DemoWorldOptions
{
    /// <summary>A world of simulated fleets and pools; default false.</summary>
    public bool Enabled { get; init; }
}
