using Marketplace.Primitives;

namespace Marketplace.Stratum.Coinbase;

/// <summary>A chain as its addresses tell it: their leading bytes and their word in front (SLIP-173).</summary>
/// <param name="Name">For people.</param>
/// <param name="KeyHashVersion">The first byte of a P2PKH address in Base58Check.</param>
/// <param name="ScriptHashVersion">The first byte of a P2SH address in Base58Check.</param>
/// <param name="SegwitPrefix">The word before the last <c>1</c> of a segwit address; null where there is none.</param>
public sealed record CoinNetwork(
    string Name, byte KeyHashVersion, byte ScriptHashVersion, string? SegwitPrefix)
{
    public static CoinNetwork Bitcoin { get; } = new("Bitcoin", 0x00, 0x05, "bc");

    public static CoinNetwork BitcoinTestnet { get; } = new("Bitcoin testnet", 0x6f, 0xc4, "tb");

    public static CoinNetwork BitcoinRegtest { get; } = new("Bitcoin regtest", 0x6f, 0xc4, "bcrt");

    public static CoinNetwork Litecoin { get; } = new("Litecoin", 0x30, 0x32, "ltc");

    public static CoinNetwork Dogecoin { get; } = new("Dogecoin", 0x1e, 0x16, null);

    public static CoinNetwork Dash { get; } = new("Dash", 0x4c, 0x10, null);

    /// <summary>Where two share their bytes, the first is meant.</summary>
    public static IReadOnlyList<CoinNetwork> All { get; } =
        [Bitcoin, BitcoinTestnet, BitcoinRegtest, Litecoin, Dogecoin, Dash];

    /// <summary>Those that are not Bitcoin's.</summary>
    private static readonly Dictionary<Algorithm, CoinNetwork> ByAlgorithm = new()
    {
        [Algorithm.Scrypt] = Litecoin,
        [Algorithm.ScryptDemo] = Litecoin,
        [Algorithm.X11] = Dash,
    };

    /// <summary>Whose addresses to show for a proof of work, where nothing tells the chain.</summary>
    public static CoinNetwork Of(Algorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return ByAlgorithm.GetValueOrDefault(algorithm, Bitcoin);
    }
}
