namespace Marketplace.HashrateProxy.Wire.Sockets;

/// <summary>
/// One thread for the sockets of all workers: it waits for them together, reads what came, lets each session handle
/// it on the spot, and sends what piled up meanwhile. A share costs a receive and a send, and no wake-up of another
/// thread. Nothing that runs on it may block.
/// </summary>
internal sealed class SocketLoop : IDisposable
{
    private const int WaitForEver = -1;

    private readonly Epoll _epoll = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<long, LoopConnection> _connections = [];
    private readonly Thread _thread;
    private List<LoopConnection> _toSend = [];
    private List<LoopConnection> _sending = [];
    private long _lastKey;
    private bool _isAwake;
    private volatile bool _isStopping;

    public SocketLoop()
    {
        _thread = new Thread(Run) { Name = "Stratum sockets", IsBackground = true };
        _thread.Start();
    }

    /// <summary>From now on the loop reads for this connection and sends what it has.</summary>
    public void Add(LoopConnection connection)
    {
        lock (_gate)
        {
            connection.Key = ++_lastKey;
            _connections.Add(connection.Key, connection);
            _epoll.Watch(connection.Socket.SafeHandle, connection.Key, EpollEvents.Readable);
        }
    }

    /// <summary>Either half of the connection has changed its mind about what it waits for.</summary>
    public void Watch(LoopConnection connection)
    {
        lock (_gate)
        {
            if (_connections.ContainsKey(connection.Key))
            {
                _epoll.Change(connection.Socket.SafeHandle, connection.Key, connection.Wanted);
            }
        }
    }

    public void Remove(LoopConnection connection)
    {
        lock (_gate)
        {
            if (_connections.Remove(connection.Key))
            {
                _epoll.Forget(connection.Socket.SafeHandle);
            }
        }
    }

    /// <summary>The connection has something to send; the loop comes to it after what it is doing now.</summary>
    public void Send(LoopConnection connection)
    {
        bool sleeps;
        lock (_gate)
        {
            _toSend.Add(connection);
            sleeps = !_isAwake;
            _isAwake = true;
        }

        if (sleeps)
        {
            _epoll.Wake();
        }
    }

    public void Dispose()
    {
        _isStopping = true;
        _epoll.Wake();
        _thread.Join();
        _epoll.Dispose();
    }

    private void Run()
    {
        while (!_isStopping)
        {
            var count = _epoll.Wait(MayWait() ? WaitForEver : 0);
            Volatile.Write(ref _isAwake, true);
            for (var index = 0; index < count; index++)
            {
                if (_epoll.TryGetSeen(index, out var key, out var events))
                {
                    Find(key)?.Serve(events);
                }
            }

            SendAll();
        }
    }

    /// <summary>Whoever adds something to send after this wakes the loop.</summary>
    private bool MayWait()
    {
        lock (_gate)
        {
            _isAwake = _toSend.Count > 0;
            return !_isAwake;
        }
    }

    private void SendAll()
    {
        lock (_gate)
        {
            (_toSend, _sending) = (_sending, _toSend);
        }

        foreach (var connection in _sending)
        {
            connection.SendPending();
        }

        _sending.Clear();
    }

    private LoopConnection? Find(long key)
    {
        lock (_gate)
        {
            return _connections.GetValueOrDefault(key);
        }
    }
}
