using Marketplace.HashrateProxy.Routing;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Dialing;

/// <summary>
/// How often this node logs in at a pool, over all contracts: a pool bans addresses that try too often or with a wrong
/// password, and ours would be banned for every renter. A login that was refused is not tried again at once by any of
/// them.
/// </summary>
internal sealed class LoginThrottle(IOptions<ProxyOptions> options, TimeProvider time)
{
    /// <summary>A refused login is tried again after so long, and after twice as long each time.</summary>
    public static readonly TimeSpan FirstRefusedWait = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan LongestRefusedWait = TimeSpan.FromMinutes(10);

    /// <summary>Hosts and refused logins remembered; what was quiet for longest is forgotten.</summary>
    private const int MaxRemembered = 10_000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _loginsByHost = [];
    private readonly Dictionary<(PoolUrl, string, string), (DateTimeOffset Until, TimeSpan Wait)> _refused = [];

    public async Task TakeTurnAsync(PoolTarget target, CancellationToken cancellationToken)
    {
        while (TryTakeTurn(target) is { } wait)
        {
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <returns>Null when it may log in now; else how long to wait before asking again.</returns>
    public TimeSpan? TryTakeTurn(PoolTarget target)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            Forget(now);
            if (_refused.TryGetValue(KeyOf(target), out var refused) && refused.Until > now)
            {
                return refused.Until - now;
            }

            if (!_loginsByHost.TryGetValue(target.Url.Host, out var logins))
            {
                _loginsByHost.Add(target.Url.Host, logins = new Queue<DateTimeOffset>());
            }

            while (logins.TryPeek(out var oldest) && now - oldest >= Minute)
            {
                logins.Dequeue();
            }

            if (logins.Count >= options.Value.MaxPoolLoginsPerMinute)
            {
                return logins.Peek() + Minute - now;
            }

            logins.Enqueue(now);
            return null;
        }
    }

    public void LoginRefused(PoolTarget target)
    {
        lock (_gate)
        {
            var wait = _refused.TryGetValue(KeyOf(target), out var known) ? known.Wait * 2 : FirstRefusedWait;
            wait = wait < LongestRefusedWait ? wait : LongestRefusedWait;
            _refused[KeyOf(target)] = (time.GetUtcNow() + wait, wait);
        }
    }

    public void LoginAccepted(PoolTarget target)
    {
        lock (_gate)
        {
            _refused.Remove(KeyOf(target));
        }
    }

    private static (PoolUrl, string, string) KeyOf(PoolTarget target) => (target.Url, target.User, target.Password);

    private void Forget(DateTimeOffset now)
    {
        if (_loginsByHost.Count > MaxRemembered)
        {
            foreach (var (host, _) in _loginsByHost.Where(pair => now - pair.Value.Last() >= Minute).ToList())
            {
                _loginsByHost.Remove(host);
            }
        }

        if (_refused.Count > MaxRemembered)
        {
            foreach (var (login, _) in _refused.OrderBy(pair => pair.Value.Until).Take(MaxRemembered / 2).ToList())
            {
                _refused.Remove(login);
            }
        }
    }
}
