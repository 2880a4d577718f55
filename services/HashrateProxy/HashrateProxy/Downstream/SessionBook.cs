using System.Net;
using System.Security.Cryptography;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// Remembers for a while what extranonce a worker that is gone had, or is to have when it comes back: by the session id
/// it was given, or, for firmware that forgets it, by where it comes from and what it is. Who is still connected is not
/// in it, so nothing is ever handed out twice.
/// </summary>
internal sealed class SessionBook(TimeProvider time)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(2);

    public const int MaxKept = 20_000;

    private const int IdBytes = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (SessionPlace Place, DateTimeOffset KeptAt)> _places = [];
    private readonly Queue<(string Id, DateTimeOffset KeptAt)> _oldest = new();
    private readonly Dictionary<PeerKind, Queue<(SessionPlace Place, DateTimeOffset KeptAt)>> _expected = [];

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

    /// <summary>
    /// One of this kind was asked to connect again. Should another of its kind come first, it gets the place meant for
    /// it and can work with it too.
    /// </summary>
    public void Expect(PeerKind peer, SessionPlace place)
    {
        lock (_gate)
        {
            if (!_expected.TryGetValue(peer, out var places) && _expected.Count < MaxKept)
            {
                _expected[peer] = places = new Queue<(SessionPlace, DateTimeOffset)>();
            }

            places?.Enqueue((place, time.GetUtcNow()));
        }
    }

    /// <returns>Null where the id is unknown, too old or still connected, and nobody of its kind is expected.</returns>
    public SessionPlace? TakeBack(string id, PeerKind peer)
    {
        lock (_gate)
        {
            Forget();
            var expected = TakeExpected(peer);
            return _places.Remove(id, out var kept) ? kept.Place : expected;
        }
    }

    private SessionPlace? TakeExpected(PeerKind peer)
    {
        var now = time.GetUtcNow();
        SessionPlace? taken = null;
        if (_expected.TryGetValue(peer, out var places))
        {
            while (taken is null && places.TryDequeue(out var next))
            {
                taken = now - next.KeptAt <= KeptFor ? next.Place : null;
            }

            if (places.Count == 0)
            {
                _expected.Remove(peer);
            }
        }

        return taken;
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
/// <param name="IsRefit">It was chosen for a pool that left no room for the usual one.</param>
internal sealed record SessionPlace(Extranonce Extranonce1, FirmwareLayout Layout, bool IsRefit = false);

internal readonly record struct PeerKind(IPAddress Address, string Firmware);
