using Marketplace.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.ServiceDefaults.TestHost.Alpha;

/// <summary>Section <c>Speaker</c>.</summary>
public sealed record SpeakerOptions
{
    /// <summary>Numbers said in all, over all lives of the process; default 0.</summary>
    public int Count { get; init; }
}

/// <summary>
/// Says the numbers in order, each in a transaction of its own, going on where the last life was killed.
/// </summary>
internal sealed class Speaker(
    IDbContextFactory<AlphaDbContext> databases, IOptions<SpeakerOptions> options, IHostApplicationLifetime lifetime)
    : ISupervisedLoop
{
    private const int Counters = 4;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var next = 1 + (await database.SaidNumbers.MaxAsync(said => (int?)said.Number, cancellationToken) ?? 0);
        for (; next <= options.Value.Count; next++)
        {
            database.SaidNumbers.Add(new SaidNumber { Number = next });
            database.Publish(new NumberSaid(next));
            var counter = new Guid((next - 1) % Counters, 0, 0, new byte[8]);
            database.Publish(new CounterMoved(counter, $"{next}", 1 + ((next - 1) / Counters)));
            await database.SaveChangesAsync(cancellationToken);
            database.ChangeTracker.Clear();
        }

        await Task.Delay(Timeout.Infinite, lifetime.ApplicationStopping);
    }
}
