using Marketplace.HashrateProxy.Heads;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>
/// Removes segments that are older than they must be kept: never one whose readings are not all in the books, or whose
/// minutes are not all closed under heads.
/// </summary>
internal sealed class ShareLogRetention(
    IDbContextFactory<ProxyDbContext> contexts,
    ShareLogWriter log,
    HeadLoop heads,
    TimeProvider time,
    IOptions<ProxyOptions> options,
    ILogger<ShareLogRetention> logger) : ISupervisedLoop
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await RemoveOldAsync(cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    public async Task RemoveOldAsync(CancellationToken cancellationToken)
    {
        var until = await NeededFromAsync(cancellationToken);
        foreach (var segment in RemovableOf(LogSegments.In(log.Directory), until))
        {
            File.Delete(segment.Path);
            logger.LogInformation("Segment {Segment} of the share log was removed", Path.GetFileName(segment.Path));
        }
    }

    /// <summary>Those that end before an instant: all but the last that began before it, and what follows.</summary>
    public static IEnumerable<LogSegment> RemovableOf(IReadOnlyList<LogSegment> segments, DateTimeOffset neededFrom) =>
        segments.Zip(segments.Skip(1))
            .TakeWhile(pair => pair.Second.StartedAt <= neededFrom)
            .Select(pair => pair.First);

    private async Task<DateTimeOffset> NeededFromAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var unacknowledged = await db.Readings
            .Where(reading => reading.NodeName == options.Value.NodeName && reading.AcknowledgedAt == null)
            .MinAsync(reading => (DateTimeOffset?)reading.MinuteAt, cancellationToken);
        DateTimeOffset[] limits =
        [
            time.GetUtcNow() - TimeSpan.FromDays(options.Value.ShareLogRetentionDays),
            unacknowledged ?? DateTimeOffset.MaxValue,
            heads.NeededFromAt,
        ];
        return limits.Min();
    }
}
