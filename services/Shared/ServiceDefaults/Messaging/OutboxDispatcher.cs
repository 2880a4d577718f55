using System.Collections.Concurrent;
using Marketplace.ServiceDefaults.Bus;
using Marketplace.ServiceDefaults.Loops;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>
/// Carries one database's outbox to the bus. One runs per database, whoever holds the lock; a commit in this process
/// wakes it, a commit elsewhere is found by the slow poll.
/// </summary>
internal sealed class OutboxDispatcher(
    NpgsqlDataSource dataSource, MessagePublisher publisher, OutboxSignal signal, TimeProvider time,
    ILogger<OutboxDispatcher> logger) : ISupervisedLoop
{
    /// <summary>Messages that are under way at the same time.</summary>
    private const int MaxInFlight = 500;

    /// <summary>Sent messages are kept for looking back, then removed.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LockRetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>Longer than all tries of a consumer together.</summary>
    private static readonly TimeSpan SendAgainAfter = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan SendAgainAfterFailure = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromMinutes(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await publisher.ReadyAsync(cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var table = new OutboxTable(connection);
        while (!await table.TryLockAsync(cancellationToken))
        {
            await Task.Delay(LockRetryInterval, cancellationToken);
        }

        await new Run(table, publisher, signal, time, logger).RunAsync(cancellationToken);
    }

    /// <summary>One holding of the lock: what is under way is forgotten with it, and sent again by the next.</summary>
    private sealed class Run(
        OutboxTable table, MessagePublisher publisher, OutboxSignal signal, TimeProvider time, ILogger logger)
    {
        private readonly Dictionary<Guid, long> _againAtTimestamp = [];
        private readonly ConcurrentQueue<Guid> _done = new();
        private readonly OutboxSignal _acknowledged = new();
        private long _purgedAtTimestamp;

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            while (true)
            {
                var (written, acknowledged) = (signal.Next, _acknowledged.Next);
                await MarkDoneAsync(cancellationToken);
                var sent = await SendAsync(cancellationToken);
                await PurgeAsync(cancellationToken);
                if (sent == 0 && _done.IsEmpty)
                {
                    using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                    await Task.WhenAny(written, acknowledged, Task.Delay(PollInterval, waiting.Token));
                    await waiting.CancelAsync();
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }

        private async Task<int> SendAsync(CancellationToken cancellationToken)
        {
            ForgetOverdue();
            var room = MaxInFlight - _againAtTimestamp.Count;
            if (room <= 0)
            {
                return 0;
            }

            var batch = await table.WaitingAsync([.. _againAtTimestamp.Keys], room, cancellationToken);
            foreach (var message in batch)
            {
                _againAtTimestamp[message.Id] = TimestampIn(SendAgainAfter);
            }

            var failed = await publisher.PublishAsync(batch, WhenDone, cancellationToken);
            await table.CountFailuresAsync(failed, cancellationToken);
            foreach (var id in failed)
            {
                _againAtTimestamp[id] = TimestampIn(SendAgainAfterFailure);
            }

            return batch.Count - failed.Count;
        }

        private void WhenDone(Guid id)
        {
            _done.Enqueue(id);
            _acknowledged.Raise();
        }

        private async Task MarkDoneAsync(CancellationToken cancellationToken)
        {
            var done = new List<Guid>();
            while (done.Count < MaxInFlight && _done.TryDequeue(out var id))
            {
                done.Add(id);
            }

            if (done.Count == 0)
            {
                return;
            }

            await table.MarkSentAsync(done, time.GetUtcNow(), cancellationToken);
            done.ForEach(id => _againAtTimestamp.Remove(id));
        }

        private void ForgetOverdue()
        {
            var now = TimeProvider.System.GetTimestamp();
            foreach (var (id, _) in _againAtTimestamp.Where(waiting => waiting.Value <= now).ToList())
            {
                logger.LogInformation("Message {MessageId} is sent again", id);
                _againAtTimestamp.Remove(id);
            }
        }

        private async Task PurgeAsync(CancellationToken cancellationToken)
        {
            if (_purgedAtTimestamp != 0 && TimeProvider.System.GetElapsedTime(_purgedAtTimestamp) < PurgeInterval)
            {
                return;
            }

            _purgedAtTimestamp = TimeProvider.System.GetTimestamp();
            await table.PurgeAsync(time.GetUtcNow() - Retention, cancellationToken);
        }

        private static long TimestampIn(TimeSpan span) =>
            TimeProvider.System.GetTimestamp() + (long)(span.TotalSeconds * TimeProvider.System.TimestampFrequency);
    }
}
