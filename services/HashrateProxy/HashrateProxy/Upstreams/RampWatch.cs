namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// Waits for a pool to become hard enough for all that was promised. Pure; not for use by two threads at once.
/// </summary>
internal sealed class RampWatch
{
    /// <summary>A pool that raises its difficulty does so within this time, again and again.</summary>
    public static readonly TimeSpan TimePerRise = TimeSpan.FromSeconds(60);

    private Difficulty _difficulty;
    private DateTimeOffset? _sinceAt;

    /// <summary>Workers wait for it now.</summary>
    public bool HoldsBack => _sinceAt is not null;

    /// <summary>Everyone who is meant for it has room.</summary>
    public void Rest() => _sinceAt = null;

    /// <returns>False when it stays too easy.</returns>
    public bool HoldBack(Difficulty difficulty, DateTimeOffset now)
    {
        if (_sinceAt is not { } sinceAt || difficulty > _difficulty)
        {
            (_sinceAt, _difficulty) = (now, difficulty);
            return true;
        }

        return now - sinceAt < TimePerRise;
    }
}
