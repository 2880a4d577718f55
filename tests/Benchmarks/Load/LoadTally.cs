namespace Marketplace.Benchmarks.Load;

/// <summary>What became of a fleet's shares.</summary>
internal sealed class LoadTally
{
    private readonly List<TimeSpan> _latencies = [];

    public long Sent { get; set; }

    public long Refused { get; set; }

    /// <summary>Not sent, since the worker's last share was still under way.</summary>
    public long Skipped { get; set; }

    public long Jobs { get; set; }

    public long Answered => _latencies.Count + Refused;

    public void Accepted(TimeSpan latency) => _latencies.Add(latency);

    public void Reset()
    {
        _latencies.Clear();
        (Sent, Refused, Skipped) = (0, 0, 0);
    }

    public TimeSpan Latency(int percent) => Percentile.Of(_latencies, percent);
}

internal static class Percentile
{
    /// <summary>The smallest value that so many percent do not exceed.</summary>
    public static TimeSpan Of(IEnumerable<TimeSpan> values, int percent)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Max(0, (sorted.Count * percent + 99) / 100 - 1)];
    }
}
