using System.Net.Sockets;
using Marketplace.Simulators.Wire;

namespace Marketplace.Simulators.Farms;

/// <summary>A simulated machine that stays connected, reconnects with back-off, and really hashes.</summary>
public sealed class SimulatedWorker
{
    private const int ConnectTimeoutSeconds = 10;
    private const int FirstBackOffMilliseconds = 500;
    private const int LongestBackOffMilliseconds = 15_000;

    private readonly WorkerSettings _settings;
    private readonly TimeProvider _time;
    private readonly WorkerTally _tally;
    private MinerSession? _session;
    private LineConnection? _lines;
    private bool _isPaused;

    internal SimulatedWorker(WorkerSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        _tally = new WorkerTally(settings.Name, settings.Profile.Name, time);
    }

    public string Name => _settings.Name;

    public int HashesPerSecond => _settings.HashesPerSecond;

    /// <summary>Why the last connection ended; empty while none has.</summary>
    public string LastFailure { get; private set; } = "";

    public WorkerCounters Counters() => _tally.Snapshot();

    /// <summary>Stops hashing and stays connected, so that the last answers can be counted.</summary>
    public void Pause() => Volatile.Write(ref _isPaused, true);

    public void Resume() => Volatile.Write(ref _isPaused, false);

    /// <summary>Pulls the cable once; the machine comes back by itself.</summary>
    public async Task DisconnectAsync()
    {
        if (Volatile.Read(ref _lines) is { } lines)
        {
            await lines.DisposeAsync();
        }
    }

    internal void Hash(int count)
    {
        if (!Volatile.Read(ref _isPaused))
        {
            Volatile.Read(ref _session)?.Hash(count);
        }
    }

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var backOff = FirstBackOffMilliseconds;
        while (!cancellationToken.IsCancellationRequested)
        {
            var hadJob = await ConnectOnceAsync(cancellationToken);
            backOff = hadJob ? FirstBackOffMilliseconds : Math.Min(backOff * 2, LongestBackOffMilliseconds);
            await Task.Delay(TimeSpan.FromMilliseconds(backOff), _time, cancellationToken)
                .ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>True when the connection got as far as a job.</summary>
    private async Task<bool> ConnectOnceAsync(CancellationToken cancellationToken)
    {
        MinerSession? session = null;
        try
        {
            await using var lines = new LineConnection(await ConnectAsync(cancellationToken));
            _tally.Connected();
            session = new MinerSession(lines, _settings, _tally, _time);
            Volatile.Write(ref _lines, lines);
            Volatile.Write(ref _session, session);
            await session.RunAsync(cancellationToken);
            LastFailure = "The pool closed the connection.";
        }
        catch (Exception ended) when (ended is IOException or SocketException or InvalidDataException
            or OperationCanceledException or TimeoutException or ObjectDisposedException)
        {
            LastFailure = ended.Message;
        }
        finally
        {
            Volatile.Write(ref _session, null);
            _tally.Stopped();
        }

        return session?.HadJob ?? false;
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(ConnectTimeoutSeconds));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(_settings.Host, _settings.Port, limit.Token);
            return socket;
        }
        catch (Exception failed) when (failed is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }
}
