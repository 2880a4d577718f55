using System.Net;
using System.Net.Sockets;
using System.Text;
using Marketplace.HashrateProxy.Wire;
using Marketplace.HashrateProxy.Wire.Sockets;
using Marketplace.Stratum;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketplace.HashrateProxy.Tests.Wire;

public sealed class SocketLoopTests : IDisposable
{
    /// <summary>More than a socket's buffers take.</summary>
    private const int ManyBytes = 16 * 1024 * 1024;

    private readonly SocketLoop _loop = new();
    private readonly Socket _peer = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_arrives_whole_at_a_peer_that_reads_late()
    {
        await using var connection = await ConnectAsync();
        var sent = new byte[ManyBytes];
        new Random(1).NextBytes(sent);
        var writing = LoopConnection.SenderOf(connection.Transport).WriteAsync(sent, Cancelled).AsTask();
        writing.IsCompleted.ShouldBeFalse();
        var received = new byte[ManyBytes];
        await new NetworkStream(_peer).ReadExactlyAsync(received, Cancelled);
        await writing.WaitAsync(ProxyWorld.Generous, Cancelled);
        received.AsSpan().SequenceEqual(sent).ShouldBeTrue();
    }

    [Fact]
    public async Task Lines_in_an_outbox_are_sent_in_order_and_its_end_ends_the_sending()
    {
        await using var connection = await ConnectAsync();
        using var outbox = new LineOutbox<DownstreamLineWriter>(
            TimeProvider.System, output => new DownstreamLineWriter(output));
        outbox.Append(1, static (lines, id) => lines.Ping(id));
        var sending = outbox.SendAsync(LoopConnection.SenderOf(connection.Transport), Cancelled);
        outbox.Append(2, static (lines, id) => lines.Ping(id));
        outbox.Close();
        await sending.WaitAsync(ProxyWorld.Generous, Cancelled);
        outbox.Append(3, static (lines, id) => lines.Ping(id)).ShouldBeFalse();
        await connection.DisposeAsync();
        var lines = await new StreamReader(new NetworkStream(_peer)).ReadToEndAsync(Cancelled);
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        lines.IndexOf("\"id\":1", StringComparison.Ordinal).ShouldBeLessThan(
            lines.IndexOf("\"id\":2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_are_read_however_they_were_cut()
    {
        await using var connection = await ConnectAsync();
        var random = new Random(2);
        var sent = Enumerable.Range(0, 500)
            .Select(number => new string((char)('a' + number % 26), random.Next(6_000)))
            .ToList();
        var reader = new StratumLineReader(connection.Transport.Input);
        var reading = Task.Run(async () =>
        {
            foreach (var line in sent)
            {
                var received = await reader.ReadAsync(Cancelled);
                Encoding.ASCII.GetString(received.Bytes.Span).ShouldBe(line);
            }
        }, Cancelled);
        var bytes = Encoding.ASCII.GetBytes(string.Concat(sent.Select(line => line + "\n"))).AsMemory();
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, 1 + random.Next(9_000))];
            await _peer.SendAsync(piece, Cancelled);
            bytes = bytes[piece.Length..];
        }

        await reading.WaitAsync(ProxyWorld.Generous, Cancelled);
    }

    [Fact]
    public async Task A_read_ends_when_the_peer_leaves_and_when_it_is_cancelled()
    {
        await using var connection = await ConnectAsync();
        var input = connection.Transport.Input;
        var cancelled = input.ReadAsync(Cancelled).AsTask();
        input.CancelPendingRead();
        (await cancelled.WaitAsync(ProxyWorld.Generous, Cancelled)).IsCanceled.ShouldBeTrue();
        var ended = input.ReadAsync(Cancelled).AsTask();
        _peer.Dispose();
        (await ended.WaitAsync(ProxyWorld.Generous, Cancelled)).IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task What_came_while_nobody_read_is_there_when_somebody_does()
    {
        await using var connection = await ConnectAsync();
        await _peer.SendAsync("early"u8.ToArray(), Cancelled);
        await Eventually.TrueAsync(() => ((LoopConnection)connection).Wanted == EpollEvents.None, ProxyWorld.Generous);
        var read = await connection.Transport.Input.ReadAtLeastAsync(5, Cancelled);
        Encoding.ASCII.GetString(read.Buffer.FirstSpan).ShouldBe("early");
    }

    public void Dispose()
    {
        _peer.Dispose();
        _loop.Dispose();
    }

    private async Task<ConnectionContext> ConnectAsync()
    {
        var listeners = new LoopListenerFactory(_loop, NullLogger<LoopListener>.Instance);
        await using var listener = await listeners.BindAsync(new IPEndPoint(IPAddress.Loopback, 0), Cancelled);
        await _peer.ConnectAsync(listener.EndPoint, Cancelled);
        return (await listener.AcceptAsync(Cancelled))!;
    }
}
