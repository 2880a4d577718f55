using System.Runtime.CompilerServices;
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
        DueAsync(cancellationToken),
        new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken },
        async (hook, cancelled) => await DeliverAsync(hook, cancelled));

    /// <summary>Hooks as they are due: the next is taken only when there is somebody to deliver to it.</summary>
    private async IAsyncEnumerable<StoredHook> DueAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await queue.TakeAsync(cancellationToken) is { } hook)
            {
                yield return hook;
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
