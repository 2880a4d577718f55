using System.Diagnostics.CodeAnalysis;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>The shares of one connection that its pool has not answered, by the id they went up under.</summary>
internal sealed class UnansweredShares(long firstId)
{
    /// <summary>A pool that owes so many answers gets no more shares on this connection.</summary>
    public const int Max = 5_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, UpstreamShare> _shares = [];
    private readonly Queue<(long Id, DateTimeOffset At)> _oldestFirst = new();
    private long _lastId = firstId;

    /// <summary>When the oldest of them went up; null when there is none.</summary>
    public DateTimeOffset? OldestAt
    {
        get
        {
            lock (_gate)
            {
                ForgetAnswered();
                return _oldestFirst.TryPeek(out var oldest) ? oldest.At : null;
            }
        }
    }

    /// <returns>False when the pool owes too many answers.</returns>
    public bool TryAdd(UpstreamShare share, out long id)
    {
        lock (_gate)
        {
            id = ++_lastId;
            if (_shares.Count >= Max)
            {
                return false;
            }

            ForgetAnswered();
            _shares.Add(id, share);
            _oldestFirst.Enqueue((id, share.At));
            return true;
        }
    }

    public bool TryTake(long id, [MaybeNullWhen(false)] out UpstreamShare share)
    {
        lock (_gate)
        {
            return _shares.Remove(id, out share);
        }
    }

    public IReadOnlyList<UpstreamShare> TakeAll()
    {
        lock (_gate)
        {
            var taken = _shares.Values.ToList();
            _shares.Clear();
            return taken;
        }
    }

    private void ForgetAnswered()
    {
        while (_oldestFirst.TryPeek(out var oldest) && !_shares.ContainsKey(oldest.Id))
        {
            _oldestFirst.Dequeue();
        }
    }
}
