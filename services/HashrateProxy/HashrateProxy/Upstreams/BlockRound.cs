using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// All jobs with one <see cref="RoundKey"/>, also across a reconnect: a header is credited once among them, whatever
/// job names it, and no two downstream jobs share a header space.
/// </summary>
internal sealed class BlockRound
{
    /// <summary>
    /// Headers remembered per block: a day of a contract's shares. When it is full the round takes no more.
    /// </summary>
    private const int MaxShares = 262_144;

    private readonly Lock _gate = new();
    private readonly HeaderSpaces _spaces = new();
    private readonly DuplicateSet _seen = new(MaxShares);

    public bool TryTakeSpace(Span<byte> prefix, ReadOnlySpan<byte> workerExtranonce1, uint poolNTime, out uint ntime)
    {
        lock (_gate)
        {
            return _spaces.TryTake(prefix, workerExtranonce1, poolNTime, out ntime);
        }
    }

    public DuplicateCheck Remember(in ShareHash hash)
    {
        lock (_gate)
        {
            return _seen.Add(hash);
        }
    }

    /// <summary>For a header that was not credited after all: it may be sent again.</summary>
    public void Forget(in ShareHash hash)
    {
        lock (_gate)
        {
            _seen.Remove(hash);
        }
    }
}
