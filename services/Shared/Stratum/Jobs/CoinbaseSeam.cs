namespace Marketplace.Stratum;

/// <summary>
/// Where the coinbase is cut for the pool and where for the worker. The pool's cut is
/// <c>coinb1 | extranonce1 | extranonce2 | coinb2</c>; the worker's is
/// <c>coinb1 + pool's extranonce1 + prefix | its extranonce1 | its extranonce2 | coinb2</c>, the same bytes in the same
/// order.
/// </summary>
/// <param name="Pool">What the pool handed out.</param>
/// <param name="WorkerExtranonce1Bytes">Length of the extranonce1 the worker keeps while it is connected.</param>
/// <param name="WorkerExtranonce2Bytes">Length of the extranonce2 the worker keeps while it is connected.</param>
public readonly record struct CoinbaseSeam(
    ExtranonceAssignment Pool, int WorkerExtranonce1Bytes, int WorkerExtranonce2Bytes)
{
    /// <summary>
    /// Bytes left for a prefix of ours, fresh for every notify; negative when the pool leaves too few.
    /// </summary>
    public int PrefixBytes => Pool.Extranonce2Bytes - WorkerExtranonce1Bytes - WorkerExtranonce2Bytes;

    /// <summary>False: this worker cannot be moved to this pool without another extranonce.</summary>
    public bool Fits => PrefixBytes >= 0;

    /// <summary>A pool that hands out its own extranonce to the worker directly: nothing moves.</summary>
    public static CoinbaseSeam Unmoved(int extranonce1Bytes, int extranonce2Bytes) => new(
        new ExtranonceAssignment(default, extranonce1Bytes + extranonce2Bytes), extranonce1Bytes, extranonce2Bytes);

    /// <summary>The extranonce2 to submit to the pool: prefix, then the worker's own two.</summary>
    public static Extranonce ToPool(in Extranonce prefix, in Extranonce extranonce1, in Extranonce extranonce2)
    {
        Span<byte> bytes = stackalloc byte[3 * Extranonce.MaxBytes];
        prefix.Bytes.CopyTo(bytes);
        extranonce1.Bytes.CopyTo(bytes[prefix.Length..]);
        extranonce2.Bytes.CopyTo(bytes[(prefix.Length + extranonce1.Length)..]);
        return new Extranonce(bytes[..(prefix.Length + extranonce1.Length + extranonce2.Length)]);
    }
}
