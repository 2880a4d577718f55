using System.IO.Pipelines;
using System.Net.Sockets;
using Marketplace.Stratum;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Marketplace.HashrateProxy.Wire.Sockets;

/// <summary>A worker's connection in the loop, with the shape that every transport has.</summary>
internal sealed class LoopConnection : ConnectionContext, IDuplexPipe, ILoopMember
{
    private readonly SocketLoop _loop;
    private readonly LoopReader _input;
    private readonly LoopSender _sender;
    private volatile LoopLines? _lines;
    private int _isClosed;

    public LoopConnection(Socket socket, SocketLoop loop)
    {
        (Socket, _loop) = (socket, loop);
        socket.Blocking = false;
        RemoteEndPoint = socket.RemoteEndPoint;
        _input = new LoopReader(this);
        _sender = new LoopSender(this);
        Transport = this;
    }

    public Socket Socket { get; }

    public long Key { get; set; }

    /// <summary>True on the loop's own thread.</summary>
    public bool IsInLoop => _loop.IsInLoop;

    /// <summary>What both halves wait for now.</summary>
    public EpollEvents Wanted =>
        ((_lines?.Wants ?? _input.Wants) ? EpollEvents.Readable : EpollEvents.None)
        | (_sender.Wants ? EpollEvents.Writable : EpollEvents.None);

    public override IDuplexPipe Transport { get; set; }

    public PipeReader Input => _input;

    public PipeWriter Output => field ??= PipeWriter.Create(_sender);

    public override string ConnectionId { get => field ??= $"{Key}"; set; }

    public override IFeatureCollection Features => field ??= new FeatureCollection();

    public override IDictionary<object, object?> Items { get => field ??= new Dictionary<object, object?>(); set; }

    /// <summary>What comes from now on are lines.</summary>
    public void Begin(LoopLines lines) => _lines = lines;

    /// <summary>The stream to send by; for a connection of the loop the one that sends without a detour.</summary>
    public static Stream SenderOf(IDuplexPipe transport) =>
        transport is LoopConnection connection ? connection._sender : transport.Output.AsStream(leaveOpen: true);

    /// <summary>Has the loop call <see cref="Attend"/> soon.</summary>
    public void AttendSoon() => _loop.Attend(this);

    /// <summary>From the loop: has it call <see cref="SendGathered"/> when more may have gathered.</summary>
    public void SendLater() => _loop.Gather(this);

    /// <summary>Has the loop ask for <see cref="Wanted"/> anew.</summary>
    public void WatchAnew() => _loop.Watch(this);

    /// <summary>From the loop: it can be read or written, or it is over.</summary>
    public void Serve(EpollEvents events, byte[] scratch)
    {
        if ((events & EpollEvents.Writable) != 0)
        {
            _sender.SendPending();
        }

        var isOver = (events & (EpollEvents.Failed | EpollEvents.HungUp)) != 0;
        if ((events & ~EpollEvents.Writable) != 0 && !(_lines?.TryReceive(scratch) ?? _input.TryReceive()) && isOver)
        {
            // Both are told again and again, asked for or not.
            _loop.Remove(this);
            _lines?.HangUp();
            _input.End();
        }
    }

    /// <summary>From the loop, because it was asked to: sends what waits, goes on where it paused.</summary>
    public void Attend(byte[] scratch)
    {
        _lines?.Attend(scratch);
        _sender.SendPending();
    }

    /// <summary>From the loop: sends what was in no hurry.</summary>
    public void SendGathered() => _sender.SendGathered();

    /// <summary>There is no loop any more.</summary>
    public void Abandon() => _lines?.End(LineStatus.Closed);

    public override void Abort(ConnectionAbortedException abortReason) => Close();

    public override ValueTask DisposeAsync()
    {
        Close();
        return base.DisposeAsync();
    }

    private void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return;
        }

        // Neither half touches the socket once it has ended.
        _loop.Remove(this);
        _input.End();
        _lines?.Stop();
        _sender.End();
        try
        {
            Socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The peer was faster.
        }

        Socket.Dispose();
    }
}
