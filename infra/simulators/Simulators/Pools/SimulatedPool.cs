using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Marketplace.Simulators.Wire;

namespace Marketplace.Simulators.Pools;

/// <summary>
/// A Stratum V1 pool on loopback that rebuilds and verifies every share with code of its own and counts what it
/// accepted, so that "accepted there" can be proved.
/// </summary>
public sealed class SimulatedPool : IAsyncDisposable
{
    private const int MaxConnections = 4_096;
    private const int ListenBacklog = 512;
    private const int JobClockMilliseconds = 50;

    private readonly PoolSettings _settings;
    private readonly TimeProvider _time;
    private readonly PoolTally _tally;
    private readonly PoolFloor _floor;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<PoolConnection, (LineConnection Lines, Task Serving)> _connections = new();
    private int _nextExtranonce1;
    private Task _accepting = Task.CompletedTask;
    private Task _sendingJobs = Task.CompletedTask;

    public SimulatedPool(PoolSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        _tally = new PoolTally(time);
        _floor = new PoolFloor(settings, _tally, time);
        _nextExtranonce1 = RandomNumberGenerator.GetInt32(int.MaxValue);
        _listener = new TcpListener(IPAddress.Loopback, settings.Port);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary><c>stratum+tcp://127.0.0.1:port</c></summary>
    public string Url => $"{PoolUrl.Scheme}://{IPAddress.Loopback}:{Port}";

    public string CoinbaseText => _settings.CoinbaseText;

    public PoolFailures Failures
    {
        get => _floor.Failures;
        set => _floor.Failures = value;
    }

    /// <exception cref="SocketException">The port is taken.</exception>
    public void Start()
    {
        _listener.Start(ListenBacklog);
        _floor.NextJob(sameBlockButClean: true);
        _accepting = AcceptAsync(_stopping.Token);
        _sendingJobs = SendJobsAsync(_stopping.Token);
    }

    public PoolCounters Counters() => _tally.Snapshot(_settings.CoinbaseText, _connections.Count);

    /// <summary>Sends the next job to everyone now; a new block makes it clean.</summary>
    public void SendNextJob(bool isClean)
    {
        var clean = _floor.NextJob(isClean);
        foreach (var connection in _connections.Keys)
        {
            connection.SendJob(_floor.Current!, clean);
        }
    }

    /// <summary>Sends the current job once more as it was: what a careless pool does.</summary>
    public void RepeatJob(bool isClean)
    {
        foreach (var connection in _connections.Keys)
        {
            connection.SendJob(_floor.Current!, isClean);
        }
    }

    /// <summary>Sends everyone a job on a block that the pool has left, as a server that lags behind does.</summary>
    public void SendOldJob()
    {
        var old = _floor.OldJob();
        foreach (var connection in _connections.Keys)
        {
            connection.SendJob(old, isClean: true);
        }
    }

    /// <summary>Gives everyone another difficulty, with a job that it holds for.</summary>
    public void SetDifficulty(Difficulty difficulty)
    {
        foreach (var connection in _connections.Keys)
        {
            connection.SetDifficulty(difficulty);
        }
    }

    /// <summary>Asks everyone to connect anew, there or here.</summary>
    /// <param name="host">Empty for this host.</param>
    public void AskToReconnect(string host)
    {
        foreach (var connection in _connections.Keys)
        {
            connection.AskToReconnect(host, Port);
        }
    }

    /// <summary>Closes every open connection; new ones are still taken.</summary>
    public async Task DropConnectionsAsync()
    {
        foreach (var (lines, _) in _connections.Values)
        {
            await lines.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await _sendingJobs;
        await Task.WhenAll(_connections.Values.Select(connection => connection.Serving));
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptSocketAsync(cancellationToken);
                if (Failures.DropsNewConnections || _connections.Count >= MaxConnections)
                {
                    socket.Dispose();
                    continue;
                }

                Serve(new LineConnection(socket), cancellationToken);
            }
            catch (Exception closed) when (closed is SocketException or OperationCanceledException
                or ObjectDisposedException)
            {
                _tally.Disconnected();
            }
        }
    }

    private void Serve(LineConnection lines, CancellationToken cancellationToken)
    {
        _tally.Connected();
        var connection = new PoolConnection(lines, _floor, NextExtranonce1());
        var start = new TaskCompletionSource();
        _connections[connection] = (lines, ServeAsync());
        start.SetResult();

        async Task ServeAsync()
        {
            await start.Task;
            await connection.RunAsync(cancellationToken);
            _connections.TryRemove(connection, out _);
        }
    }

    private byte[] NextExtranonce1()
    {
        var number = BitConverter.GetBytes((long)Interlocked.Increment(ref _nextExtranonce1));
        return [.. Enumerable.Range(0, _settings.Extranonce1SizeBytes).Select(at => number[at % sizeof(int)])];
    }

    private async Task SendJobsAsync(CancellationToken cancellationToken)
    {
        var lastJob = _time.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(JobClockMilliseconds), _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var flood = Failures.CleanJobFloodMilliseconds;
                var interval = flood > 0
                    ? TimeSpan.FromMilliseconds(flood)
                    : TimeSpan.FromSeconds(_settings.JobIntervalSeconds);
                if (_time.GetElapsedTime(lastJob) >= interval)
                {
                    lastJob = _time.GetTimestamp();
                    SendNextJob(isClean: flood > 0);
                }
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }
}
