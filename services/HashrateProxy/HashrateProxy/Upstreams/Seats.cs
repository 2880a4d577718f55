using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// The workers on one upstream, by the extranonce1 each keeps while it is connected. Where a pool leaves no bytes for a
/// prefix of ours, that alone keeps two of them from the same work, so that each may sit there once. Guarded by the
/// lock of the router that places the workers.
/// </summary>
internal sealed class Seats
{
    private readonly Dictionary<Extranonce, int> _taken = [];

    public int Taken { get; private set; }

    public bool IsFree(in Extranonce extranonce1) => !_taken.ContainsKey(extranonce1);

    public void Take(in Extranonce extranonce1)
    {
        _taken[extranonce1] = _taken.GetValueOrDefault(extranonce1) + 1;
        Taken++;
    }

    public void Leave(in Extranonce extranonce1)
    {
        var left = _taken[extranonce1] - 1;
        Taken--;
        if (left == 0)
        {
            _taken.Remove(extranonce1);
        }
        else
        {
            _taken[extranonce1] = left;
        }
    }
}
