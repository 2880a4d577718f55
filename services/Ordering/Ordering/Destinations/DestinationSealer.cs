using Marketplace.Client.Catalog;
using Marketplace.ServiceDefaults.Security;

namespace Marketplace.Ordering.Destinations;

/// <summary>Makes destinations of pools that were checked: from here on only the proxy reads a password.</summary>
internal sealed class DestinationSealer(SecretSealer sealer)
{
    public List<Destination> Seal(IEnumerable<Pool> pools, DateTimeOffset now) =>
        [.. pools.Select((pool, priority) => Seal(pool, priority, now))];

    public Destination Seal(Pool pool, int priority, DateTimeOffset now) => new()
    {
        Id = TypedIds.New<DestinationId>(now),
        Url = pool.Url,
        User = pool.User,
        SealedPassword = sealer.Seal(pool.Password),
        Priority = priority,
    };
}
