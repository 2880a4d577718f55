using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>The shares of one connection that its pool has not answered, by the id they went up under.</summary>
internal sealed class UnansweredShares(long firstId, TimeProvider time)
{
    /// <summary>A pool that owes so many answers gets no more shares on this connection.</summary>
    public const int Max = 5_000;

    private readonly ConcurrentDictionary<long, UpstreamShare> _shares = new();
    private readonly ConcurrentQueue<(long Id, DateTimeOffset At)> _oldestFirst = new();
    private long _lastId = firstId;

    /// <summary>When the oldest of them went up; null when there is none. For one caller at a time.</summary>
    public DateTimeOffset? OldestAt
    {
        get
        {
            while (_oldestFirst.TryPeek(out var oldest))
            {
                if (_shares.ContainsKey(oldest.Id))
                {
                    return oldest.At;
                }

                _oldestFirst.TryDequeue(out _);
            }

            return null;
        }
    }

    /// <returns>False when the pool owes too many answers.</returns>
    public bool TryAdd(in UpstreamShare share, out long id)
    {
        id = Interlocked.Increment(ref _lastId);
        if (_shares.Count >= Max || !_shares.TryAdd(id, share))
        {
            return false;
        }

        _oldestFirst.Enqueue((id, time.GetUtcNow()));
        return true;
    }

    public bool TryTake(long id, [MaybeNullWhen(false)] out UpstreamShare share) => _shares.TryRemove(id, out share);

    public IEnumerable<UpstreamShare> TakeAll()
    {
        foreach (var id in _shares.Keys)
        {
            if (_shares.TryRemove(id, out var share))
            {
                yield return share;
            }
        }
    }
}
