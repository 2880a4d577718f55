using Marketplace.Simulators.Pools;

namespace Marketplace.DemoWorld;

/// <summary>Two pools with different coinbase layouts, each hard enough for the whole fleet on one upstream.</summary>
internal static class DemoPools
{
    private static readonly Difficulty Hardness = Difficulty.Of(50_000);

    public static PoolSettings Sellers(int port) => new()
    {
        CoinbaseText = "demo-seller-pool",
        Port = port,
        Extranonce1SizeBytes = 4,
        Extranonce2SizeBytes = 8,
        Difficulty = Hardness,
        EasiestDifficulty = Hardness,
    };

    public static PoolSettings Renters(int port) => new()
    {
        CoinbaseText = "demo-renter-pool",
        Port = port,
        Extranonce1SizeBytes = 4,
        Extranonce2SizeBytes = 4,
        Difficulty = Hardness,
        EasiestDifficulty = Hardness,
    };
}
