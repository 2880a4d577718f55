using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Marketplace.Simulators.Pools;

/// <summary>Makes jobs with coinbases like a real pool's: height, extranonces, the pool's text, one payout.</summary>
internal sealed class JobFactory(PoolSettings settings, TimeProvider time)
{
    private const int FirstHeight = 900_000;
    private const int BranchCount = 3;
    private const int HashSizeBytes = 32;
    private const int KeyHashSizeBytes = 20;
    private const long SubsidySatoshis = 312_500_000;

    private readonly uint _idBase = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
    private long _sequence;
    private int _height = FirstHeight;

    public PoolBlock NewBlock()
    {
        Interlocked.Increment(ref _height);
        return new PoolBlock(RandomNumberGenerator.GetBytes(HashSizeBytes));
    }

    public PoolJob NewJob(PoolBlock block)
    {
        var sequence = Interlocked.Increment(ref _sequence);
        return new PoolJob(
            (_idBase + (uint)sequence).ToString("x", CultureInfo.InvariantCulture),
            sequence,
            block,
            CoinbaseStart(),
            CoinbaseEnd(),
            [.. Enumerable.Range(0, BranchCount).Select(_ => RandomNumberGenerator.GetBytes(HashSizeBytes))],
            settings.JobVersion,
            settings.NetworkBits,
            (uint)time.GetUtcNow().ToUnixTimeSeconds());
    }

    private byte[] Tag => Encoding.ASCII.GetBytes($"/{settings.CoinbaseText}/");

    private byte[] CoinbaseStart()
    {
        var height = BitConverter.GetBytes(_height)[..3];
        var scriptSize = 1 + height.Length + settings.Extranonce1SizeBytes + settings.Extranonce2SizeBytes + Tag.Length;
        return
        [
            .. BitConverter.GetBytes(2), 1, .. new byte[HashSizeBytes], .. BitConverter.GetBytes(uint.MaxValue),
            (byte)scriptSize, (byte)height.Length, .. height,
        ];
    }

    private byte[] CoinbaseEnd()
    {
        var keyHash = SHA256.HashData(Encoding.ASCII.GetBytes(settings.CoinbaseText))[..KeyHashSizeBytes];
        return
        [
            .. Tag, .. BitConverter.GetBytes(uint.MaxValue), 1, .. BitConverter.GetBytes(SubsidySatoshis),
            (byte)(2 + keyHash.Length), 0, (byte)keyHash.Length, .. keyHash, .. new byte[sizeof(uint)],
            .. new byte[settings.CoinbasePaddingBytes],
        ];
    }
}
