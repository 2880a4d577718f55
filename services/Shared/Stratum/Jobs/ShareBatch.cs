namespace Marketplace.Stratum;

/// <summary>
/// Up to sixteen shares of any jobs that are hashed side by side. It says nothing about them but their hashes, and
/// those only to who asks for exactly the same share: whether one is in it changes no verdict. One thread at a time.
/// </summary>
public sealed class ShareBatch
{
    public const int Capacity = Sha256Lanes.Count;

    private readonly BatchedShare[] _shares = new BatchedShare[Capacity];
    private readonly ShareHash[] _hashes = new ShareHash[Capacity];
    private readonly CoinbaseLanes _coinbases = new();
    private int _hashed;
    private int _next;

    /// <summary>False where this machine hashes one after the other as fast.</summary>
    public static bool IsSupported => Sha256Lanes.IsSupported;

    public int Count { get; private set; }

    /// <summary>Takes a share in to be hashed.</summary>
    /// <returns>False where it is full, or the share has to be hashed by itself, if at all.</returns>
    public bool TryAdd(DownstreamJob job, in SubmitRequest submit, in Extranonce extranonce1, uint versionMask)
    {
        if (Count == Capacity || !IsSupported || !job.IsHashedInLanes || !job.Fits(submit, extranonce1))
        {
            return false;
        }

        var share = BatchedShare.Of(job, submit, extranonce1, versionMask);
        _coinbases.Set(Count, share);
        _shares[Count++] = share;
        return true;
    }

    /// <summary>Hashes all that it has.</summary>
    public void Hash()
    {
        if (Count > 0)
        {
            var shares = _shares.AsSpan(0, Count);
            _coinbases.Hash(Count, out var root);
            MerkleLanes.Climb(shares, ref root);
            HeaderLanes.Hash(shares, root, _hashes);
        }

        (_hashed, _next) = (Count, 0);
    }

    /// <summary>Lets go of all shares.</summary>
    public void Clear()
    {
        _shares.AsSpan(0, Count).Clear();
        (Count, _hashed, _next) = (0, 0, 0);
    }

    /// <summary>Quickest for who asks in the order in which they were added.</summary>
    internal bool TryFind(in BatchedShare share, out ShareHash hash)
    {
        for (var looked = 0; looked < _hashed; looked++)
        {
            var at = _next;
            _next = at + 1 == _hashed ? 0 : at + 1;
            if (_shares[at] == share)
            {
                hash = _hashes[at];
                return true;
            }
        }

        hash = default;
        return false;
    }
}

/// <summary>All that a share's hash depends on.</summary>
internal readonly record struct BatchedShare(
    DownstreamJob Job, Extranonce Extranonce1, Extranonce Extranonce2, uint Version, uint NTime, uint Nonce)
{
    public static BatchedShare Of(
        DownstreamJob job, in SubmitRequest submit, in Extranonce extranonce1, uint versionMask) => new(
        job, extranonce1, submit.Extranonce2, job.VersionOf(submit.VersionBits, versionMask), submit.NTime,
        submit.Nonce);
}
