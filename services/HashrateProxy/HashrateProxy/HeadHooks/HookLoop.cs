using Marketplace.ServiceDefaults.Loops;
using Microsoft.Extensions.Logging;

namespace Marketplace.HashrateProxy.HeadHooks;

/// <summary>Delivers heads to hooks, several side by side: one that is slow does not keep back the others.</summary>
internal sealed class HookLoop(HookQueue queue, HookSender sender, TimeProvider time, ILogger<HookLoop> logger)
    : ISupervisedLoop
{
    private const int SideBySide = 8;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public Task RunAsync(CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(0, SideBySide),
        new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken },
        async (_, cancelled) => await DeliverAsync(cancelled));

    private async Task DeliverAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await queue.TakeAsync(cancellationToken) is { } hook)
            {
                await DeliverAsync(hook, cancellationToken);
            }
            else
            {
                await Task.Delay(Interval, time, cancellationToken);
            }
        }
    }

    private async Task DeliverAsync(StoredHook hook, CancellationToken cancellationToken)
    {
        var heads = await queue.WaitingAsync(hook.Id, cancellationToken);
        if (heads.Count == 0)
        {
            return;
        }

        if (await sender.SendAsync(hook, HookQueue.DeliveryOf(heads), cancellationToken) is not { } error)
        {
            await queue.SucceedAsync(hook.Id, heads, cancellationToken);
        }
        else if (await queue.FailAsync(hook.Id, error, cancellationToken))
        {
            logger.LogWarning("Hook {HookId} failed for too long and is switched off", hook.Id);
        }
    }
}
