namespace Marketplace.Simulators.Farms;

/// <summary>Simulated machines that share one hashing loop, each held to its own hashes per second.</summary>
public sealed class SimulatedFarm : IAsyncDisposable
{
    public const int MaxWorkers = 1_000;
    private const int TickMilliseconds = 50;

    /// <summary>What a busy computer kept a machine from hashing for longer than this is not caught up.</summary>
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly List<Task> _running = [];
    private SimulatedWorker[] _workers = [];

    public SimulatedFarm(TimeProvider time)
    {
        _time = time;
        _running.Add(Task.Run(() => HashAsync(_stopping.Token)));
    }

    public IReadOnlyList<SimulatedWorker> Workers => Volatile.Read(ref _workers);

    /// <summary>Plugs a machine in; it connects by itself.</summary>
    public SimulatedWorker Add(WorkerSettings settings)
    {
        var worker = new SimulatedWorker(settings, _time);
        lock (_gate)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(_workers.Length, MaxWorkers);
            _workers = [.. _workers, worker];
            _running.Add(worker.RunAsync(_stopping.Token));
        }

        return worker;
    }

    public IReadOnlyList<WorkerCounters> Counters() => [.. Workers.Select(worker => worker.Counters())];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running);
        _stopping.Dispose();
    }

    private async Task HashAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(TickMilliseconds), _time);
        var hashedAt = _time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var elapsed = _time.GetElapsedTime(hashedAt);
                hashedAt = _time.GetTimestamp();
                var paid = elapsed < LongestCatchUp ? elapsed : LongestCatchUp;
                foreach (var worker in Workers)
                {
                    worker.Hash((int)(worker.HashesPerSecond * paid.Ticks / TimeSpan.TicksPerSecond));
                }
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }
}
