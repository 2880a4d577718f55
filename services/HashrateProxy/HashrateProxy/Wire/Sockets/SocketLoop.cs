using System.Collections.Concurrent;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Wire.Sockets;

/// <summary>
/// One thread for the sockets of all workers: it waits for them together, reads what came, lets each session handle
/// it on the spot, and sends what piled up meanwhile. A share costs a receive and a send, and no wake-up of another
/// thread. Nothing that runs on it may block.
/// </summary>
internal sealed class SocketLoop : IDisposable
{
    private const int WaitForEver = -1;

    /// <summary>What need not go out at once is sent together with what comes within so long.</summary>
    private static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(5);

    /// <summary>The pause between rounds of a busy loop; a share's answer is later by half of it.</summary>
    private static readonly TimeSpan RestTime = TimeSpan.FromMilliseconds(1);

    /// <summary>Of any peer: a line that is begun and what one receive adds to it.</summary>
    private const int ScratchBytes = 2 * StratumLimits.UpstreamLineBytes;

    private readonly Epoll _epoll = new();
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<long, ILoopMember> _members = [];
    private readonly Thread _thread;
    private readonly byte[] _scratch = new byte[ScratchBytes];
    private readonly List<LoopConnection> _attendedByLoop = [];
    private readonly List<LoopConnection> _gathering = [];
    private List<LoopConnection> _toAttend = [];
    private List<LoopConnection> _attending = [];
    private long _gatheringSince;
    private long _lastRoundAt;
    private long _lastKey;
    private bool _isAwake;
    private volatile bool _isStopping;

    public SocketLoop()
    {
        _thread = new Thread(Run) { Name = "Stratum sockets", IsBackground = true };
        _thread.Start();
    }

    /// <summary>True on the loop's own thread.</summary>
    public bool IsInLoop => Environment.CurrentManagedThreadId == _thread.ManagedThreadId;

    /// <summary>From now on the loop watches this socket.</summary>
    public void Add(ILoopMember member)
    {
        lock (_gate)
        {
            member.Key = ++_lastKey;
            _members[member.Key] = member;
            _epoll.Watch(member.Socket.SafeHandle, member.Key, member.Wanted);
        }
    }

    /// <summary>Either half of the connection has changed its mind about what it waits for.</summary>
    public void Watch(LoopConnection connection)
    {
        lock (_gate)
        {
            if (_members.ContainsKey(connection.Key))
            {
                _epoll.Change(connection.Socket.SafeHandle, connection.Key, connection.Wanted);
            }
        }
    }

    public void Remove(ILoopMember member)
    {
        lock (_gate)
        {
            if (_members.TryRemove(member.Key, out _))
            {
                _epoll.Forget(member.Socket.SafeHandle);
            }
        }
    }

    /// <summary>The connection has something to send, or to handle; the loop comes to it soon.</summary>
    public void Attend(LoopConnection connection)
    {
        if (IsInLoop)
        {
            _attendedByLoop.Add(connection);
            return;
        }

        bool sleeps;
        lock (_gate)
        {
            _toAttend.Add(connection);
            sleeps = !_isAwake;
            _isAwake = true;
        }

        if (sleeps)
        {
            _epoll.Wake();
        }
    }

    /// <summary>
    /// On the loop's own thread: the connection has something to send that may wait for more, <see cref="GatherTime"/>
    /// at most.
    /// </summary>
    public void Gather(LoopConnection connection)
    {
        if (_gathering.Count == 0)
        {
            _gatheringSince = TimeProvider.System.GetTimestamp();
        }

        _gathering.Add(connection);
    }

    public void Dispose()
    {
        _isStopping = true;
        _epoll.Wake();
        _thread.Join();
        foreach (var connection in
            _members.Values.OfType<LoopConnection>().Concat(_toAttend).Concat(_attendedByLoop).ToList())
        {
            connection.Abandon();
        }

        _epoll.Dispose();
    }

    private void Run()
    {
        while (!_isStopping)
        {
            RestWhenBusy();
            var count = _epoll.Wait(MayWait() ? MillisecondsToWait() : 0);
            Volatile.Write(ref _isAwake, true);
            for (var index = 0; index < count; index++)
            {
                if (_epoll.TryGetSeen(index, out var key, out var events))
                {
                    _members.GetValueOrDefault(key)?.Serve(events, _scratch);
                }
            }

            AttendAll();
            SendGathered();
        }
    }

    /// <summary>
    /// Where one round follows the other at once, what comes within <see cref="RestTime"/> is served together: waking
    /// up costs more than a share does.
    /// </summary>
    private void RestWhenBusy()
    {
        var sinceLastRound = TimeProvider.System.GetElapsedTime(_lastRoundAt);
        if (sinceLastRound < RestTime)
        {
            Epoll.Rest(RestTime);
        }

        _lastRoundAt = TimeProvider.System.GetTimestamp();
    }

    /// <summary>Whoever adds something to send after this wakes the loop.</summary>
    private bool MayWait()
    {
        lock (_gate)
        {
            _isAwake = _toAttend.Count + _attendedByLoop.Count > 0;
            return !_isAwake;
        }
    }

    private void AttendAll()
    {
        lock (_gate)
        {
            (_toAttend, _attending) = (_attending, _toAttend);
        }

        Attend(_attending);
        Attend(_attendedByLoop);
    }

    /// <summary>Those that ask for it once more meanwhile get it, too.</summary>
    private void Attend(List<LoopConnection> connections)
    {
        for (var at = 0; at < connections.Count; at++)
        {
            connections[at].Attend(_scratch);
        }

        connections.Clear();
    }

    private int MillisecondsToWait() => _gathering.Count == 0
        ? WaitForEver
        : Math.Max(0, (int)Math.Ceiling((GatherTime - SinceGathering()).TotalMilliseconds));

    private TimeSpan SinceGathering() => TimeProvider.System.GetElapsedTime(_gatheringSince);

    private void SendGathered()
    {
        if (_gathering.Count > 0 && SinceGathering() >= GatherTime)
        {
            _gathering.ForEach(connection => connection.SendGathered());
            _gathering.Clear();
        }
    }
}
