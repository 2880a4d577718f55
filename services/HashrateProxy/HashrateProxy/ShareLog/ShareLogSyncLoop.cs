using Marketplace.ServiceDefaults.Loops;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>Forces groups of records to the disk.</summary>
internal sealed class ShareLogSyncLoop(ShareLogWriter log, TimeProvider time, IOptions<ProxyOptions> options)
    : ISupervisedLoop
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.ShareLogSyncMilliseconds), time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            log.Sync();
        }
    }
}
