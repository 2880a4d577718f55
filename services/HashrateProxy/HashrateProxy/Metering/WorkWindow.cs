namespace Marketplace.HashrateProxy.Metering;

/// <summary>
/// Work of the last hour, for display and for estimates: never for money. Five minutes are kept finely and the hour
/// coarsely, in about a kilobyte, because every worker has one. Guarded by its owner's lock.
/// </summary>
internal sealed class WorkWindow(DateTimeOffset startedAt)
{
    /// <summary>The longest window that is cut to ten seconds.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>What is shown of a contract, a rig and a worker.</summary>
    public static readonly IReadOnlyList<TimeSpan> Shown =
        [TimeSpan.FromMinutes(1), Longest, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(60)];

    private static readonly TimeSpan FineBucket = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CoarseBucket = TimeSpan.FromMinutes(3);

    private readonly WorkRing _fine = new(startedAt, Longest, FineBucket);
    private readonly WorkRing _coarse = new(startedAt, Shown[^1], CoarseBucket);

    public void Add(Work work, DateTimeOffset at)
    {
        _fine.Add(work, at);
        _coarse.Add(work, at);
    }

    /// <summary>The hashrate over the window that ends now, or since the start where that is shorter.</summary>
    public WindowReading Read(TimeSpan window, DateTimeOffset now) =>
        (window <= Longest ? _fine : _coarse).Read(window, now);

    /// <summary>Every window that is <see cref="Shown"/>, shortest first.</summary>
    public IReadOnlyList<WindowReading> ReadShown(DateTimeOffset now) => [.. Shown.Select(window => Read(window, now))];
}

internal readonly record struct WindowReading(Work Work, int Shares, DateTimeOffset StartAt, DateTimeOffset EndAt)
{
    public Hashrate Hashrate => Hashrate.Of(Work, EndAt - StartAt);

    /// <summary>As many shares of one difficulty would tell as much: (sum D)^2 / sum D^2.</summary>
    public double EffectiveShares { get; init; }
}
