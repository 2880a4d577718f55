using System.Numerics;

namespace Marketplace.Primitives;

/// <summary>
/// A proof of work as it is traded: what difficulty 1 means, how work is counted, in what unit it is priced.
/// </summary>
public sealed class Algorithm
{
    /// <summary>Difficulty 1 of Bitcoin pools ("bdiff"): 0xFFFF x 2^208.</summary>
    private static readonly BigInteger BitcoinDifficultyOne = new BigInteger(0xFFFF) << 208;

    /// <summary>Difficulty 1 of Litecoin and Dogecoin pools: 65,536 times easier.</summary>
    private static readonly BigInteger ScryptDifficultyOne = BitcoinDifficultyOne << 16;

    private const int DemoScaleBits = 30;

    /// <summary>As easy as difficulty 1 of scrypt can be made without leaving 256 bits.</summary>
    private const int ScryptDemoScaleBits = 15;

    private static readonly (string Name, UInt128 HashesPerSecond) Petahashes = ("PH/s", 1_000_000_000_000_000);
    private static readonly (string Name, UInt128 HashesPerSecond) Terahashes = ("TH/s", 1_000_000_000_000);
    private static readonly (string Name, UInt128 HashesPerSecond) Gigahashes = ("GH/s", 1_000_000_000);

    private Algorithm(
        string name,
        HashFunction? verifier,
        BigInteger difficultyOne,
        int workScaleBits,
        (string Name, UInt128 HashesPerSecond) priceUnit)
    {
        Name = name;
        Verifier = verifier;
        DifficultyOne = difficultyOne << workScaleBits;
        WorkScaleBits = workScaleBits;
        (PriceUnit, PriceUnitHashesPerSecond) = priceUnit;
    }

    public static Algorithm Sha256d { get; } =
        new("sha256d", HashFunction.Sha256d, BitcoinDifficultyOne, 0, Petahashes);

    /// <summary>
    /// SHA-256d made 2^30 times easier, its work counted 2^30 times higher, so that a simulated worker of 100 kH/s
    /// shows as about 100 TH/s. Only the demo world may switch it on; every page labels it as simulated.
    /// </summary>
    public static Algorithm Sha256dDemo { get; } =
        new("sha256d-demo", HashFunction.Sha256d, BitcoinDifficultyOne, DemoScaleBits, Petahashes);

    /// <summary>N = 1024, r = 1, p = 1: Litecoin and Dogecoin.</summary>
    public static Algorithm Scrypt { get; } =
        new("scrypt", HashFunction.Scrypt, ScryptDifficultyOne, 0, Gigahashes);

    /// <summary>scrypt made 2^15 times easier, for the demo world as <see cref="Sha256dDemo"/> is.</summary>
    public static Algorithm ScryptDemo { get; } =
        new("scrypt-demo", HashFunction.Scrypt, ScryptDifficultyOne, ScryptDemoScaleBits, Gigahashes);

    /// <summary>Dash: Bitcoin's Stratum and difficulty 1, under a hash that is not computed here.</summary>
    public static Algorithm X11 { get; } = new("x11", null, BitcoinDifficultyOne, 0, Terahashes);

    public static IReadOnlyList<Algorithm> All { get; } = [Sha256d, Sha256dDemo, Scrypt, ScryptDemo, X11];

    /// <summary>The name on the wire and in the database.</summary>
    public string Name { get; }

    /// <summary>What its headers are hashed by here; null where nothing here can.</summary>
    public HashFunction? Verifier { get; }

    /// <summary>
    /// True without a verifier: a share is credited when its pool accepts it, at listed pools only, and its work is
    /// never called verified.
    /// </summary>
    public bool IsPoolAttested => Verifier is null;

    /// <summary>The target of difficulty 1.</summary>
    public BigInteger DifficultyOne { get; }

    /// <summary>Work is counted 2^this times the hashes really done; zero for every real algorithm.</summary>
    public int WorkScaleBits { get; }

    public bool IsSimulated => WorkScaleBits != 0;

    /// <summary>The hashrate unit of its price, per day: <c>PH/s</c>.</summary>
    public string PriceUnit { get; }

    /// <summary>That unit in hashes per second.</summary>
    public UInt128 PriceUnitHashesPerSecond { get; }

    /// <exception cref="BusinessRuleException"><c>algorithm-unknown</c></exception>
    public static Algorithm Named(string name) =>
        All.FirstOrDefault(algorithm => algorithm.Name == name)
        ?? throw BusinessRuleException.Invalid(
            "algorithm-unknown", $"'{name}' is not an algorithm that is traded here.");

    public override string ToString() => Name;
}
