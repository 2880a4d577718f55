using System.Globalization;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// Names for downstream jobs that are never used twice, also not after a restart: start time, then a counter.
/// </summary>
internal sealed class JobIds(TimeProvider time)
{
    private readonly string _run = (time.GetUtcNow().ToUnixTimeMilliseconds() / 100).ToString(
        "x", CultureInfo.InvariantCulture);
    private int _last;

    public string Next() =>
        string.Create(CultureInfo.InvariantCulture, $"{_run}{(uint)Interlocked.Increment(ref _last):x6}");
}
