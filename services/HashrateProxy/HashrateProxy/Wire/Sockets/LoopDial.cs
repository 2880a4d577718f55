using System.Net;
using System.Net.Sockets;

namespace Marketplace.HashrateProxy.Wire.Sockets;

/// <summary>
/// A connection that is being made. Whatever the framework connects asynchronously it watches for ever, beside the
/// loop: every answer of a pool would wake a second thread for nothing.
/// </summary>
internal sealed class LoopDial : ILoopMember
{
    private readonly SocketLoop _loop;
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LoopDial(Socket socket, SocketLoop loop) => (Socket, _loop) = (socket, loop);

    public Socket Socket { get; }

    public long Key { get; set; }

    public EpollEvents Wanted => EpollEvents.Writable;

    /// <returns>The connected socket, blocking as a new one is; the given one is used up.</returns>
    /// <exception cref="SocketException">There is no connection to be had.</exception>
    public static async Task<Socket> ConnectAsync(
        Socket socket, EndPoint address, SocketLoop loop, CancellationToken cancellationToken)
    {
        socket.Blocking = false;
        try
        {
            await WaitAsync(socket, address, loop, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        // Only a socket made of a connected handle knows that it is connected.
        var handle = new SafeSocketHandle(socket.SafeHandle.DangerousGetHandle(), ownsHandle: true);
        socket.SafeHandle.SetHandleAsInvalid();
        return new Socket(handle) { Blocking = true };
    }

    public void Serve(EpollEvents events, byte[] scratch)
    {
        _loop.Remove(this);
        try
        {
            var error = (int)Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
            if (error == (int)SocketError.Success)
            {
                _connected.TrySetResult();
            }
            else
            {
                _connected.TrySetException(new SocketException(error));
            }
        }
        catch (ObjectDisposedException)
        {
            // Whoever waited for it has given up meanwhile.
        }
    }

    private static async Task WaitAsync(
        Socket socket, EndPoint address, SocketLoop loop, CancellationToken cancellationToken)
    {
        try
        {
            socket.Connect(address);
            return;
        }
        catch (SocketException begun) when (begun.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // It is on its way.
        }

        var dial = new LoopDial(socket, loop);
        loop.Add(dial);
        try
        {
            await dial._connected.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            loop.Remove(dial);
        }
    }
}
