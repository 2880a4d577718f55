using Marketplace.Catalog.Database;
using Marketplace.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Catalog.Measurements;

/// <summary>Minutes that no window shows any more are let go.</summary>
internal sealed class RigMinuteRetention(IDbContextFactory<CatalogDbContext> contexts, TimeProvider time)
    : ISupervisedLoop
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await DeleteOldAsync(cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    public async Task<int> DeleteOldAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - TimeSpan.FromHours(RigMinute.RetentionHours);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.RigMinutes.Where(minute => minute.MinuteAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }
}
