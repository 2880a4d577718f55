using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Marketplace.Simulators.ProofOfWork;

/// <summary>
/// The rules of a share written down once more, slowly and plainly, so that the pool's verdict does not rest on the
/// code that it is there to check.
/// </summary>
internal static class PlainProofOfWork
{
    public const int HeaderSizeBytes = 80;
    private const int TargetBits = 256;
    private const int DemoScaleBits = 30;
    private const int ScryptDemoScaleBits = 15;
    private const int ScryptBits = 16;

    private static readonly BigInteger BitcoinDifficultyOne = BigInteger.Parse(
        "00000000FFFF0000000000000000000000000000000000000000000000000000", NumberStyles.HexNumber, null);

    public static byte[] Sha256d(byte[] bytes) => SHA256.HashData(SHA256.HashData(bytes));

    public static byte[] MerkleRoot(byte[] coinbase, IEnumerable<byte[]> branches) =>
        branches.Aggregate(Sha256d(coinbase), (root, branch) => Sha256d([.. root, .. branch]));

    /// <summary>A notify's previous hash has every four-byte word of the header's reversed.</summary>
    public static byte[] PreviousHashInHeader(byte[] previousHashOnWire) =>
        [.. previousHashOnWire.Chunk(sizeof(uint)).SelectMany(word => word.Reverse())];

    public static byte[] Header(
        uint version, byte[] previousHashOnWire, byte[] merkleRoot, uint time, uint networkBits, uint nonce) =>
        [
            .. LittleEndian(version),
            .. PreviousHashInHeader(previousHashOnWire),
            .. merkleRoot,
            .. LittleEndian(time),
            .. LittleEndian(networkBits),
            .. LittleEndian(nonce),
        ];

    /// <summary>
    /// The hash as the number that is compared with a target; where there is no code for it, one that tells headers
    /// apart.
    /// </summary>
    public static BigInteger HashNumber(byte[] header, Algorithm algorithm) => new(
        IsScrypt(algorithm) ? PlainScrypt.Hash(header) : Sha256d(header), isUnsigned: true, isBigEndian: false);

    public static bool IsScrypt(Algorithm algorithm) => algorithm.Name is "scrypt" or "scrypt-demo";

    /// <summary>floor(difficulty 1 / difficulty), at most 2^256 - 1.</summary>
    public static BigInteger Target(Difficulty difficulty, Algorithm algorithm)
    {
        var digits = difficulty.ToString();
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var scale = point < 0 ? 0 : digits.Length - point - 1;
        var mantissa = BigInteger.Parse(
            digits.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var difficultyOne = BitcoinDifficultyOne << (ScaleBits(algorithm) + (IsScrypt(algorithm) ? ScryptBits : 0));
        var target = difficultyOne * BigInteger.Pow(10, scale) / mantissa;
        return BigInteger.Min(target, (BigInteger.One << TargetBits) - 1);
    }

    /// <summary>floor(2^256 / (target + 1)), counted higher for the simulated algorithm.</summary>
    public static Work WorkOf(BigInteger target, Algorithm algorithm) =>
        new((UInt128)((BigInteger.One << (TargetBits + ScaleBits(algorithm))) / (target + 1)));

    /// <summary>The target in a header's compact form.</summary>
    public static BigInteger NetworkTarget(uint networkBits)
    {
        var exponent = (int)(networkBits >> 24);
        BigInteger mantissa = networkBits & 0x007FFFFF;
        return exponent >= 3 ? mantissa << (8 * (exponent - 3)) : mantissa >> (8 * (3 - exponent));
    }

    private static int ScaleBits(Algorithm algorithm) => algorithm.Name switch
    {
        "sha256d-demo" => DemoScaleBits,
        "scrypt-demo" => ScryptDemoScaleBits,
        _ => 0,
    };

    private static byte[] LittleEndian(uint word)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
        return bytes;
    }
}
