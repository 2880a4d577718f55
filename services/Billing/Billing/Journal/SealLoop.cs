using Marketplace.ServiceDefaults.Loops;
using Microsoft.Extensions.Options;

namespace Marketplace.Billing.Journal;

/// <summary>Seals what was posted, and writes each block where it can be compared later.</summary>
internal sealed class SealLoop(BlockSealer sealer, HeadFile heads, IOptions<JournalOptions> options) : ISupervisedLoop
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Value.SealInterval);
        do
        {
            while (await sealer.SealAsync(cancellationToken) is not null)
            {
                // A full block is followed by another at once.
            }

            await heads.CatchUpAsync(cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
