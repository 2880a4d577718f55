using System.Threading.Channels;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Marketplace.HashrateProxy.Journal;

/// <summary>
/// What happened on this node, on its way to the database and, with it, to the bus: in order, each in a transaction of
/// its own, tried again for as long as the database is away. Hashing never waits for it.
/// </summary>
internal sealed class NodeJournal(IDbContextFactory<ProxyDbContext> contexts, ILogger<NodeJournal> logger)
    : ISupervisedLoop
{
    /// <summary>About a day of a hundred contracts; beyond it the oldest facts are still in the share log.</summary>
    private const int MaxWaiting = 200_000;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly Channel<IJournalFact> _facts = Channel.CreateBounded<IJournalFact>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    public void Add(IJournalFact fact)
    {
        if (!_facts.Writer.TryWrite(fact))
        {
            logger.LogCritical(
                "The node's journal is full at {MaxWaiting} facts; {Fact} waits for a restart", MaxWaiting, fact);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await _facts.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_facts.Reader.TryPeek(out var fact))
            {
                await RecordAsync(fact, cancellationToken);
                _facts.Reader.TryRead(out _);
            }
        }
    }

    private async Task RecordAsync(IJournalFact fact, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                if (await fact.TryApplyAsync(db, cancellationToken))
                {
                    await db.SaveChangesAsync(cancellationToken);
                    return;
                }
            }
            catch (Exception failure) when (failure is DbUpdateException or Npgsql.NpgsqlException or TimeoutException)
            {
                logger.LogError(failure, "{Fact} could not be recorded; it is tried again", fact);
            }

            await Task.Delay(RetryDelay, cancellationToken);
        }
    }
}

/// <summary>
/// A fact that changes the node's database and tells the other services; applying it twice changes nothing.
/// </summary>
internal interface IJournalFact
{
    /// <returns>
    /// False when what it is about is not committed yet: hashing may be ahead of the message that asked for it.
    /// </returns>
    Task<bool> TryApplyAsync(ProxyDbContext db, CancellationToken cancellationToken);
}
