using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Downstream.Admission;

/// <summary>
/// Finds out by the first bytes what a peer speaks: a balancer's PROXY header where it may send one, then TLS or plain
/// Stratum on the same port.
/// </summary>
internal sealed class ConnectionOpener(
    TrustedProxies trusted, TlsCertificate certificate, TimeProvider time, IOptions<StratumOptions> options)
{
    /// <summary>No line of Stratum begins with it, and every TLS connection does.</summary>
    private const byte TlsHandshakeRecord = 0x16;

    private static readonly StreamPipeReaderOptions WithoutIdleBuffer = new(leaveOpen: true, useZeroByteReads: true);

    /// <param name="transport">The connection as it was accepted.</param>
    /// <param name="peer">Who connected: the worker or a balancer.</param>
    /// <param name="mustBeTls">On the port that speaks nothing else.</param>
    /// <exception cref="TurnedAwayException">What came is not to be served.</exception>
    public async Task<OpenedConnection> OpenAsync(
        IDuplexPipe transport, IPAddress peer, bool mustBeTls, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.HandshakeSeconds), time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var source = await ReadProxyHeaderAsync(transport.Input, peer, limit.Token);
            return mustBeTls || await StartsTlsAsync(transport.Input, limit.Token)
                ? await StartTlsAsync(transport, source, limit.Token)
                : OpenedConnection.Plain(transport, source);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TurnedAwayException(ClosingReason.HandshakeTimeout);
        }
        catch (IOException gone)
        {
            throw new TurnedAwayException(ClosingReason.PeerLeft, gone);
        }
    }

    private async Task<IPAddress> ReadProxyHeaderAsync(PipeReader input, IPAddress peer, CancellationToken token)
    {
        while (true)
        {
            var received = await input.ReadAsync(token);
            var header = HeaderIn(received.Buffer);
            var isEmpty = received.Buffer.IsEmpty;
            var isIncomplete = isEmpty || header.Status == ProxyHeaderStatus.Incomplete;
            var consumed = received.Buffer.GetPosition(header.SizeBytes);
            input.AdvanceTo(consumed, isIncomplete ? received.Buffer.End : consumed);
            switch (header.Status)
            {
                case var _ when isIncomplete && received.IsCompleted:
                    throw new TurnedAwayException(ClosingReason.PeerLeft);
                case ProxyHeaderStatus.None when !isEmpty:
                    return peer;
                case ProxyHeaderStatus.Complete or ProxyHeaderStatus.Broken when !trusted.Contains(peer):
                    throw new TurnedAwayException(ClosingReason.ForeignProxyHeader);
                case ProxyHeaderStatus.Complete:
                    return header.Source ?? peer;
                case ProxyHeaderStatus.Broken:
                    throw new TurnedAwayException(ClosingReason.BrokenProxyHeader);
            }
        }
    }

    private static ProxyHeader HeaderIn(ReadOnlySequence<byte> received)
    {
        Span<byte> first = stackalloc byte[ProxyHeader.MaxBytes];
        var length = (int)Math.Min(received.Length, first.Length);
        received.Slice(0, length).CopyTo(first);
        return ProxyHeader.Read(first[..length]);
    }

    private static async Task<bool> StartsTlsAsync(PipeReader input, CancellationToken cancellationToken)
    {
        var received = await input.ReadAsync(cancellationToken);
        var isTls = received.Buffer is { IsEmpty: false, FirstSpan: [TlsHandshakeRecord, ..] };
        input.AdvanceTo(received.Buffer.Start);
        return isTls;
    }

    private async Task<OpenedConnection> StartTlsAsync(
        IDuplexPipe transport, IPAddress source, CancellationToken cancellationToken)
    {
        if (!certificate.IsOffered)
        {
            throw new TurnedAwayException(ClosingReason.BrokenTls);
        }

        var secured = new SslStream(new DuplexStream(transport));
        try
        {
            await secured.AuthenticateAsServerAsync(certificate.ServerOptions(), cancellationToken);
        }
        catch (AuthenticationException failure)
        {
            await secured.DisposeAsync();
            throw new TurnedAwayException(ClosingReason.BrokenTls, failure);
        }
        catch
        {
            await secured.DisposeAsync();
            throw;
        }

        return new OpenedConnection(PipeReader.Create(secured, WithoutIdleBuffer), secured, source);
    }
}
