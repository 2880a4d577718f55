using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// What tells header spaces apart before any byte of ours: the previous block, and the bytes that the header space
/// follows in the coinbase. A pool may say of these bytes that they are its extranonce1 or its coinbase's first part:
/// the header is the same, and so is the key.
/// </summary>
internal readonly record struct RoundKey(Extranonce PreviousHash, uint BytesBefore)
{
    public static RoundKey Of(PoolJob job, ExtranonceAssignment extranonce)
    {
        var tail = 0u;
        foreach (var after in TailOf(job.Coinbase1))
        {
            tail = (tail << 8) | after;
        }

        foreach (var after in TailOf(extranonce.Extranonce1.Bytes))
        {
            tail = (tail << 8) | after;
        }

        return new RoundKey(new Extranonce(job.PreviousHash), tail);
    }

    private static ReadOnlySpan<byte> TailOf(ReadOnlySpan<byte> bytes) =>
        bytes[Math.Max(0, bytes.Length - sizeof(uint))..];
}
