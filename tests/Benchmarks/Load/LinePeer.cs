using System.Net.Sockets;

namespace Marketplace.Benchmarks.Load;

/// <summary>One connection that speaks in lines.</summary>
internal abstract class LinePeer : ILoadSocket, IDisposable
{
    private readonly Socket _socket;
    private readonly LoadLoop _loop;
    private byte[] _rest = [];

    protected LinePeer(Socket socket, LoadLoop loop)
    {
        (_socket, _loop) = (socket, loop);
        socket.NoDelay = true;
        loop.Add(socket, this);
    }

    public bool IsClosed { get; private set; }

    public void OnReadable()
    {
        var buffer = _loop.Buffer.AsSpan();
        _rest.CopyTo(buffer);
        var received = _socket.Receive(buffer[_rest.Length..], SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
        {
            return;
        }

        if (received == 0)
        {
            IsClosed = true;
            _socket.Dispose();
            return;
        }

        ReadOnlySpan<byte> unread = buffer[..(_rest.Length + received)];
        for (int end; (end = unread.IndexOf((byte)'\n')) >= 0; unread = unread[(end + 1)..])
        {
            OnLine(unread[..end]);
        }

        _rest = unread.ToArray();
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends all of it, waiting where the peer is slow.</summary>
    protected void Send(ReadOnlySpan<byte> lines)
    {
        while (!lines.IsEmpty && !IsClosed)
        {
            var sent = _socket.Send(lines, SocketFlags.None, out var error);
            lines = lines[sent..];
            if (error == SocketError.WouldBlock)
            {
                _socket.Poll(TimeSpan.FromSeconds(1), SelectMode.SelectWrite);
            }
            else if (error != SocketError.Success)
            {
                IsClosed = true;
            }
        }
    }

    protected abstract void OnLine(ReadOnlySpan<byte> line);

    /// <summary>The raw JSON of a line's id, which every line here begins with.</summary>
    protected static ReadOnlySpan<byte> IdOf(ReadOnlySpan<byte> line)
    {
        var id = line["{\"id\":"u8.Length..];
        return id[..id.IndexOf((byte)',')];
    }
}
