using System.Collections.Concurrent;
using Marketplace.HashrateProxy.Downstream.Admission;
using Marketplace.ServiceDefaults.Loops;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>Looks at every open session once a second: one clock for all in place of a timer for each.</summary>
internal sealed class SessionWatch(TimeProvider time) : ISupervisedLoop
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, WorkerSession> _open = new();

    public void Add(long key, WorkerSession session) => _open[key] = session;

    public void Remove(long key) => _open.TryRemove(key, out _);

    public void CloseAll(ClosingReason reason)
    {
        foreach (var (_, session) in _open)
        {
            session.Close(reason);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var now = time.GetUtcNow();
            foreach (var (_, session) in _open)
            {
                session.Watch(now);
            }
        }
    }
}
