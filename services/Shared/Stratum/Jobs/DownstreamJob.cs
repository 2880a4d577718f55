using System.Text;
using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>
/// One <c>mining.notify</c> of ours: a pool's job with bytes moved across the seam of its coinbase, a prefix of its own
/// and a target of its own. A worker holds several of them, so it is small; it is immutable.
/// </summary>
public sealed class DownstreamJob
{
    private readonly byte[] _idUtf8;
    private readonly HeaderHash _headerHash;
    private readonly bool _isPoolAttested;

    /// <param name="id">Our name for it, unique across restarts; printable, at most <see
    /// cref="StratumLimits.JobIdBytes"/>.</param>
    /// <param name="poolJob">The job it is made from.</param>
    /// <param name="seam">Where the worker's cut lies; it must fit.</param>
    /// <param name="prefix">As many bytes as the seam leaves, fresh for every notify.</param>
    /// <param name="target">What a share must meet; fixed for the job's life.</param>
    /// <param name="nTime">A later time than the pool's, where no prefix bytes are left; null for the pool's.</param>
    /// <param name="algorithm">What its header is hashed by; null for SHA-256d.</param>
    /// <exception cref="ArgumentException">The prefix is not as long as the seam leaves room for.</exception>
    public DownstreamJob(
        string id, PoolJob poolJob, CoinbaseSeam seam, Extranonce prefix, Target target, uint? nTime = null,
        Algorithm? algorithm = null)
    {
        if (prefix.Length != seam.PrefixBytes)
        {
            throw new ArgumentException("A prefix fills the seam exactly.", nameof(prefix));
        }

        _idUtf8 = Encoding.UTF8.GetBytes(id);
        (PoolJob, Seam, Prefix, Target) = (poolJob, seam, prefix, target);
        NTime = nTime ?? poolJob.NTime;
        algorithm ??= Algorithm.Sha256d;
        (_headerHash, _isPoolAttested) = (HeaderHash.Of(algorithm), algorithm.IsPoolAttested);
    }

    public string Id => Encoding.UTF8.GetString(_idUtf8);

    public ReadOnlySpan<byte> IdUtf8 => _idUtf8;

    public PoolJob PoolJob { get; }

    public CoinbaseSeam Seam { get; }

    public Extranonce Prefix { get; }

    public Target Target { get; }

    /// <summary>The time sent with the job, seconds since 1970: the earliest a share may carry.</summary>
    public uint NTime { get; }

    /// <summary>False where a header's own hash takes so long that nothing else about a share does.</summary>
    internal bool IsHashedInLanes => _headerHash.IsSha256d;

    /// <summary>The extranonce2 to submit to the pool for a share of this job.</summary>
    public Extranonce ToPoolExtranonce2(in Extranonce extranonce1, in Extranonce extranonce2) =>
        CoinbaseSeam.ToPool(Prefix, extranonce1, extranonce2);

    /// <summary>The version a share hashed: the rolled bits inside the mask, the job's outside.</summary>
    public uint VersionOf(uint? versionBits, uint versionMask) => versionBits is { } bits
        ? (PoolJob.Version & ~versionMask) | (bits & versionMask)
        : PoolJob.Version;

    /// <summary>
    /// Whether a share with this hash is good enough. Of an algorithm that only pools attest every share is, as far as
    /// anybody here can tell.
    /// </summary>
    public bool IsMetBy(in ShareHash hash) => _isPoolAttested || hash.Meets(Target);

    /// <summary>
    /// Rebuilds the header a share stands for, hashes it and judges it by itself. Stale, duplicate and unauthorised
    /// depend on what happened before: they are the caller's to add. Allocates nothing.
    /// </summary>
    /// <param name="submit">The share.</param>
    /// <param name="extranonce1">The worker's own.</param>
    /// <param name="versionMask">The mask agreed with the worker; zero when none was.</param>
    /// <param name="header">Receives the 80 bytes that were hashed; not written for a malformed share.</param>
    /// <param name="hash">The header's hash, also of a refused share: one that solves a block goes up whatever it
    /// is.</param>
    /// <returns>Accepted, LowDifficulty, BadVersion, BadNTime or Malformed.</returns>
    public ShareVerdict Judge(
        in SubmitRequest submit, in Extranonce extranonce1, uint versionMask, Span<byte> header, out ShareHash hash)
    {
        if (!Fits(submit, extranonce1))
        {
            hash = default;
            return ShareVerdict.Malformed;
        }

        var version = VersionOf(submit.VersionBits, versionMask);
        hash = Hash(extranonce1, submit.Extranonce2, version, submit.NTime, submit.Nonce, header);
        return VerdictOf(submit, versionMask, hash);
    }

    /// <summary>The same, of a share that may have been hashed with others before; if not, it is hashed now.</summary>
    public ShareVerdict Judge(
        in SubmitRequest submit, in Extranonce extranonce1, uint versionMask, ShareBatch batch, out ShareHash hash)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var share = BatchedShare.Of(this, submit, extranonce1, versionMask);
        if (batch.TryFind(share, out hash))
        {
            return VerdictOf(submit, versionMask, hash);
        }

        Span<byte> header = stackalloc byte[BlockHeader.SizeBytes];
        return Judge(submit, extranonce1, versionMask, header, out hash);
    }

    /// <summary>
    /// Writes the 80 bytes of a header into <paramref name="header"/> and hashes them. Allocates nothing.
    /// </summary>
    public ShareHash Hash(
        in Extranonce extranonce1, in Extranonce extranonce2,
        uint version, uint nTime, uint nonce, Span<byte> header) =>
        Hash(Sha256Engine.Best, extranonce1, extranonce2, version, nTime, nonce, header);

    internal ShareHash Hash(
        Sha256Engine engine, in Extranonce extranonce1, in Extranonce extranonce2,
        uint version, uint nTime, uint nonce, Span<byte> header)
    {
        Span<byte> root = stackalloc byte[Sha256Engine.HashBytes];
        var coinbase = PoolJob.CoinbaseStart;
        coinbase.Append(engine, Seam.Pool.Extranonce1.Bytes);
        coinbase.Append(engine, Prefix.Bytes);
        coinbase.Append(engine, extranonce1.Bytes);
        coinbase.Append(engine, extranonce2.Bytes);
        coinbase.Append(engine, PoolJob.Coinbase2);
        coinbase.FinishTwice(engine, root);
        MerkleClimb.ToRoot(engine, root, PoolJob.MerkleBranches);
        BlockHeader.Write(header, PoolJob, root, version, nTime, nonce);
        Span<byte> digest = stackalloc byte[Sha256Engine.HashBytes];
        _headerHash.Hash(engine, header[..BlockHeader.SizeBytes], digest);
        return new ShareHash(digest);
    }

    /// <summary>Whether the worker's two extranonces are as long as the seam says.</summary>
    internal bool Fits(in SubmitRequest submit, in Extranonce extranonce1) =>
        submit.Extranonce2.Length == Seam.WorkerExtranonce2Bytes
        && extranonce1.Length == Seam.WorkerExtranonce1Bytes;

    private ShareVerdict VerdictOf(in SubmitRequest submit, uint versionMask, in ShareHash hash)
    {
        if (((submit.VersionBits ?? 0) & ~versionMask) != 0)
        {
            return ShareVerdict.BadVersion;
        }

        if (submit.NTime < NTime || submit.NTime > (ulong)PoolJob.NTime + StratumLimits.NTimeAheadSeconds)
        {
            return ShareVerdict.BadNTime;
        }

        return IsMetBy(hash) ? ShareVerdict.Accepted : ShareVerdict.LowDifficulty;
    }
}
