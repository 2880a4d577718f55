using System.Runtime.InteropServices;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// Every round of this node, found again by its key: a pool that gives two connections the same extranonce1, or a
/// seller's pool that repeats a renter's jobs, meets the headers that were credited before. A round lives for as long
/// as a job of it.
/// </summary>
internal sealed class BlockRounds
{
    /// <summary>Rounds that are over are looked for whenever so many more are known.</summary>
    private const int SweepStep = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<RoundKey, WeakReference<BlockRound>> _rounds = [];

    private int _sweepAt = SweepStep;

    public BlockRound Of(PoolJob job, ExtranonceAssignment extranonce)
    {
        lock (_gate)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _rounds, RoundKey.Of(job, extranonce), out _);
            if (known is null || !known.TryGetTarget(out var round))
            {
                known = new WeakReference<BlockRound>(round = new BlockRound());
            }

            Sweep();
            return round;
        }
    }

    private void Sweep()
    {
        if (_rounds.Count < _sweepAt)
        {
            return;
        }

        foreach (var (key, _) in _rounds.Where(pair => !pair.Value.TryGetTarget(out _)).ToList())
        {
            _rounds.Remove(key);
        }

        _sweepAt = _rounds.Count + SweepStep;
    }
}
