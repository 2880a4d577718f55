using Marketplace.HashrateProxy.Upstreams;

namespace Marketplace.HashrateProxy.Routing;

/// <summary>
/// Puts only so many workers on an upstream as its pool's present difficulty allows, and more as it rises. Made anew
/// for every placing.
/// </summary>
internal sealed class Ramp(Algorithm algorithm)
{
    private readonly Dictionary<Upstream, Room> _rooms = [];

    /// <summary>The upstreams on which there was no room for a worker that was meant for them.</summary>
    public IEnumerable<Upstream> Full => _rooms.Where(pair => pair.Value.HoldsBack).Select(pair => pair.Key);

    /// <summary>An owner's own pool is never full: it is where those go who find no room elsewhere.</summary>
    public bool TryAdd(WorkSource source, Upstream upstream, Difficulty difficulty, Hashrate worker)
    {
        if (source.ContractId is null)
        {
            return true;
        }

        if (!_rooms.TryGetValue(upstream, out var room))
        {
            room = new Room(UpstreamPace.Capacity(difficulty, source.Promised, algorithm));
            _rooms.Add(upstream, room);
        }

        return room.TryAdd(worker);
    }

    private sealed class Room(Hashrate capacity)
    {
        private Hashrate _placed;

        public bool HoldsBack { get; private set; }

        public bool TryAdd(Hashrate worker)
        {
            if (!UpstreamPace.Takes(capacity, _placed, worker))
            {
                HoldsBack = true;
                return false;
            }

            _placed += worker;
            return true;
        }
    }
}
