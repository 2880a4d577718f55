namespace Marketplace.Simulators.MainLine;

/// <summary>The people everyone may sign in as in the demo world.</summary>
public static class DemoPeople
{
    public static Credentials Seller { get; } = new("seller@demo.example", "demo-seller-hashrate-2026");

    public static Credentials Renter { get; } = new("renter@demo.example", "demo-renter-hashrate-2026");

    public static Credentials Finance { get; } = new("finance@demo.example", "demo-finance-hashrate-2026");
}
