namespace Marketplace.Stratum;

/// <summary>
/// The ends of sixteen coinbases, from where their jobs' midstates stop: they may differ in length, so that a lane that
/// is done waits for the others.
/// </summary>
internal sealed class CoinbaseLanes
{
    private const int FirstBytes = 512;

    private readonly byte[][] _ends = new byte[Sha256Lanes.Count][];
    private readonly int[] _blocks = new int[Sha256Lanes.Count];
    private readonly Sha256State[] _midstates = new Sha256State[Sha256Lanes.Count];

    public CoinbaseLanes() => Array.Fill(_ends, []);

    /// <summary>Lays out what is left to hash of one share's coinbase, padded.</summary>
    public void Set(int lane, in BatchedShare share)
    {
        var (job, seam) = (share.Job.PoolJob, share.Job.Seam);
        var start = job.CoinbaseStart;
        var chosen = seam.Pool.Extranonce1.Length + share.Job.Prefix.Length
            + share.Extranonce1.Length + share.Extranonce2.Length;
        var filled = start.Pending.Length + chosen + job.Coinbase2.Length;
        var blocks = Sha256Stream.BlocksFor(filled);
        var end = Room(lane, blocks).AsSpan(0, blocks * Sha256Engine.BlockBytes);
        start.Pending.CopyTo(end);
        var at = start.Pending.Length;
        Append(seam.Pool.Extranonce1.Bytes, end, ref at);
        Append(share.Job.Prefix.Bytes, end, ref at);
        Append(share.Extranonce1.Bytes, end, ref at);
        Append(share.Extranonce2.Bytes, end, ref at);
        Append(job.Coinbase2, end, ref at);
        Sha256Stream.Pad(end, filled, start.Length + chosen + job.Coinbase2.Length);
        (_blocks[lane], _midstates[lane]) = (blocks, start.State);
    }

    /// <param name="count">How many lanes are set.</param>
    /// <param name="hash">SHA-256d of each lane's coinbase: the leaf it climbs from.</param>
    public void Hash(int count, out LaneState hash)
    {
        hash = default;
        for (var lane = 0; lane < count; lane++)
        {
            LaneWords.Set(hash.Words, lane, _midstates[lane]);
        }

        var longest = LaneWords.Max(_blocks.AsSpan(0, count));
        for (var number = 0; number < longest; number++)
        {
            var block = default(LaneBlock);
            for (var lane = 0; lane < count; lane++)
            {
                if (number < _blocks[lane])
                {
                    LaneWords.Set(block.Words, lane, _ends[lane].AsSpan(number * Sha256Engine.BlockBytes));
                }
            }

            var next = hash;
            Sha256Lanes.Compress(ref next, block);
            LaneWords.Advance(ref hash, next, _blocks.AsSpan(0, count), number);
        }

        Sha256dLanes.HashDigest(ref hash);
    }

    private static void Append(ReadOnlySpan<byte> bytes, Span<byte> end, ref int at)
    {
        bytes.CopyTo(end[at..]);
        at += bytes.Length;
    }

    /// <summary>A lane's room grows to the longest coinbase it has had, and a line's limit bounds that.</summary>
    private byte[] Room(int lane, int blocks)
    {
        var needed = blocks * Sha256Engine.BlockBytes;
        if (_ends[lane].Length < needed)
        {
            _ends[lane] = new byte[Math.Max(FirstBytes, needed)];
        }

        return _ends[lane];
    }
}
