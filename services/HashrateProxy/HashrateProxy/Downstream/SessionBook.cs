using System.Security.Cryptography;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// Remembers for a while what a worker had that is gone, by the session id it was given: one that comes back with it
/// gets the same extranonce again. Who is still connected is not in it, so nothing is ever handed out twice.
/// </summary>
internal sealed class SessionBook(TimeProvider time)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(2);

    public const int MaxKept = 20_000;

    private const int IdBytes = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (SessionPlace Place, DateTimeOffset KeptAt)> _places = [];
    private readonly Queue<(string Id, DateTimeOffset KeptAt)> _oldest = new();

    /// <summary>An id that cannot be guessed, since it takes over what another connection had.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    public void Keep(string id, SessionPlace place)
    {
        lock (_gate)
        {
            Forget();
            var now = time.GetUtcNow();
            _places[id] = (place, now);
            _oldest.Enqueue((id, now));
        }
    }

    /// <returns>Null where the id is unknown, too old or still connected.</returns>
    public SessionPlace? TakeBack(string id)
    {
        lock (_gate)
        {
            Forget();
            return _places.Remove(id, out var kept) ? kept.Place : null;
        }
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        while (_oldest.TryPeek(out var oldest) && (_oldest.Count >= MaxKept || now - oldest.KeptAt > KeptFor))
        {
            _oldest.Dequeue();
            if (_places.TryGetValue(oldest.Id, out var kept) && kept.KeptAt == oldest.KeptAt)
            {
                _places.Remove(oldest.Id);
            }
        }
    }
}

/// <summary>The extranonce a connection had or is to have.</summary>
internal sealed record SessionPlace(Extranonce Extranonce1, FirmwareLayout Layout);
