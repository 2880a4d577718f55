namespace Marketplace.HashrateProxy.Downstream.Admission;

/// <summary>How many connections each key has open, and never more than its limit.</summary>
internal sealed class ConnectionQuota<TKey>(int limit)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, int> _open = [];

    public bool TryEnter(TKey key)
    {
        lock (_gate)
        {
            var open = _open.GetValueOrDefault(key);
            if (open >= limit)
            {
                return false;
            }

            _open[key] = open + 1;
            return true;
        }
    }

    /// <summary>Gives back what <see cref="TryEnter"/> granted.</summary>
    public void Leave(TKey key)
    {
        lock (_gate)
        {
            if (--_open[key] == 0)
            {
                _open.Remove(key);
            }
        }
    }
}
