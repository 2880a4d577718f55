using System.IO.Pipelines;
using System.Net;
using Marketplace.HashrateProxy.Wire.Sockets;

namespace Marketplace.HashrateProxy.Downstream.Admission;

/// <summary>A connection as its session sees it, whatever lies beneath: plain or TLS, direct or proxied.</summary>
/// <param name="Address">The worker's own address.</param>
internal sealed record OpenedConnection(PipeReader Input, Stream Output, IPAddress Address) : IAsyncDisposable
{
    public static OpenedConnection Plain(IDuplexPipe transport, IPAddress address) =>
        new(transport.Input, LoopConnection.SenderOf(transport), address);

    public async ValueTask DisposeAsync()
    {
        await Input.CompleteAsync();
        await Output.DisposeAsync();
    }
}
