using System.Net.Sockets;
using Marketplace.HashrateProxy.Wire;

namespace Marketplace.Benchmarks.Load;

/// <summary>A socket in the loop.</summary>
internal interface ILoadSocket
{
    void OnReadable();
}

/// <summary>
/// The sockets of one thread, served as they become readable: what makes the load must cost less than what bears it.
/// </summary>
internal sealed class LoadLoop : IDisposable
{
    private const int ReceiveBytes = 256 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Epoll _epoll = new();
    private readonly List<ILoadSocket> _sockets = [];

    /// <summary>Shared by all sockets: nothing stays in it between two of them.</summary>
    public byte[] Buffer { get; } = new byte[ReceiveBytes];

    public void Add(Socket socket, ILoadSocket handler)
    {
        socket.Blocking = false;
        _sockets.Add(handler);
        _epoll.Watch(socket.SafeHandle, _sockets.Count, EpollEvents.Readable);
    }

    /// <summary>Serves what is there, or what comes within the time.</summary>
    public void Poll(int timeoutMilliseconds)
    {
        var count = _epoll.Wait(timeoutMilliseconds);
        for (var index = 0; index < count; index++)
        {
            if (_epoll.TryGetSeen(index, out var key, out _))
            {
                _sockets[(int)key - 1].OnReadable();
            }
        }
    }

    /// <exception cref="TimeoutException">It was not true within a minute.</exception>
    public void PollUntil(Func<bool> condition, string what)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Poll(1);
            if (TimeProvider.System.GetElapsedTime(startedAt) > Limit)
            {
                throw new TimeoutException($"Not within {Limit}: {what}");
            }
        }
    }

    public void PollFor(TimeSpan time)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(startedAt) < time)
        {
            Poll(1);
        }
    }

    public void Dispose() => _epoll.Dispose();
}
