using System.Globalization;

namespace Marketplace.Simulators.Pools;

/// <summary>Steers one connection's difficulty to a number of shares a minute, at most fourfold at a time.</summary>
internal sealed class Vardiff(VardiffSettings settings, TimeProvider time)
{
    private const ulong LargestStep = 4;
    private const int SecondsPerMinute = 60;

    private long _windowStart = time.GetTimestamp();
    private ulong _shares;

    /// <summary>Counts an accepted share.</summary>
    public void Count() => _shares++;

    /// <summary>The difficulty to use from the next job on, or null while the window is still open.</summary>
    public Difficulty? Retarget(Difficulty current)
    {
        var seconds = (ulong)time.GetElapsedTime(_windowStart).TotalSeconds;
        if (seconds < (ulong)settings.RetargetSeconds)
        {
            return null;
        }

        var whole = ulong.Parse(current.ToString().Split('.')[0], CultureInfo.InvariantCulture);
        var wanted = whole * _shares * SecondsPerMinute / (seconds * (ulong)settings.SharesPerMinute);
        _windowStart = time.GetTimestamp();
        _shares = 0;
        return Difficulty.Of(Math.Clamp(wanted, Math.Max(whole / LargestStep, 1), Math.Max(whole, 1) * LargestStep));
    }
}
