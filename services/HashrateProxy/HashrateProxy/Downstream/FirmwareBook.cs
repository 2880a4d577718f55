namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// What this node has learnt about each firmware: layouts it could not work with, and whether it does as
/// <c>mining.set_extranonce</c> says. One machine may be broken, so several must fail before all are treated so.
/// </summary>
internal sealed class FirmwareBook
{
    /// <summary>Connections that must fail with a layout, and none succeed, before another is tried.</summary>
    public const int StrikesOfALayout = 5;

    /// <summary>A connection that leaves by itself so soon, without one share, may not like its layout.</summary>
    public static readonly TimeSpan SoonGone = TimeSpan.FromSeconds(30);

    /// <summary>Firmware is told apart up to so many names; further ones are treated as unknown.</summary>
    public const int MaxFirmwares = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Experience> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The best layout for it that a pool with so long an extranonce2 leaves room for.</summary>
    /// <returns>Null where none fits.</returns>
    public FirmwareLayout? LayoutFor(string firmware, int poolExtranonce2Bytes = int.MaxValue)
    {
        lock (_gate)
        {
            var candidates = FirmwareLayout.CandidatesFor(firmware)
                .Where(layout => layout.TotalBytes <= poolExtranonce2Bytes)
                .ToList();
            var known = _known.GetValueOrDefault(firmware);
            return candidates.Find(layout => known is null || known.MayUse(layout)) ?? candidates.FirstOrDefault();
        }
    }

    public bool IgnoresSetExtranonce(string firmware)
    {
        lock (_gate)
        {
            return _known.GetValueOrDefault(firmware)?.IgnoresSetExtranonce == true;
        }
    }

    /// <summary>A share was accepted under the layout: whatever failed before had other causes.</summary>
    public void Worked(string firmware, FirmwareLayout layout) =>
        Change(firmware, known => known.Strikes[layout] = int.MinValue);

    /// <summary>A connection left soon after it was given the layout, without one share.</summary>
    public void Failed(string firmware, FirmwareLayout layout) => Change(firmware, known =>
    {
        var strikes = known.Strikes.GetValueOrDefault(layout);
        known.Strikes[layout] = strikes < 0 ? strikes : strikes + 1;
    });

    public void IgnoredSetExtranonce(string firmware) =>
        Change(firmware, known => known.IgnoresSetExtranonce = true);

    private void Change(string firmware, Action<Experience> change)
    {
        lock (_gate)
        {
            if (!_known.TryGetValue(firmware, out var known) && _known.Count < MaxFirmwares)
            {
                _known.Add(firmware, known = new Experience());
            }

            if (known is not null)
            {
                change(known);
            }
        }
    }

    private sealed class Experience
    {
        public Dictionary<FirmwareLayout, int> Strikes { get; } = [];

        public bool IgnoresSetExtranonce { get; set; }

        public bool MayUse(FirmwareLayout layout) => Strikes.GetValueOrDefault(layout) < StrikesOfALayout;
    }
}
