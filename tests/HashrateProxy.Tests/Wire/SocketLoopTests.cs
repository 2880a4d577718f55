using System.Net.Sockets;
using System.Text;
using Marketplace.HashrateProxy.Wire;
using Marketplace.HashrateProxy.Wire.Sockets;
using Marketplace.Stratum;
using Microsoft.AspNetCore.Connections;

namespace Marketplace.HashrateProxy.Tests.Wire;

public sealed class SocketLoopTests : IDisposable
{
    /// <summary>More than a socket's buffers take.</summary>
    private const int ManyBytes = 16 * 1024 * 1024;

    private readonly LoopBench _bench = new();
    private readonly Socket _peer = LoopBench.NewPeer();

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
        var sending = outbox.SendAsync(LoopConnection.SenderOf(connection.Transport));
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

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Lines_are_taken_however_they_were_cut_and_whenever_their_handler_paused(int pauseEvery)
    {
        await using var connection = await ConnectAsync();
        var random = new Random(2);
        var sent = Enumerable.Range(0, 500)
            .Select(number => new string((char)('a' + number % 26), random.Next(6_000)))
            .ToList();
        var feed = LineFeeds.Of(connection.Transport.Input, StratumLimits.DownstreamLineBytes, TimeProvider.System);
        var handler = new PausingHandler(feed, pauseEvery);
        var reading = feed.RunAsync(handler);
        var bytes = Encoding.ASCII.GetBytes(string.Concat(sent.Select(line => line + "\r\n"))).AsMemory();
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, 1 + random.Next(9_000))];
            await _peer.SendAsync(piece, Cancelled);
            bytes = bytes[piece.Length..];
        }

        _peer.Dispose();
        (await reading.WaitAsync(ProxyWorld.Generous, Cancelled)).ShouldBe(LineStatus.Closed);
        handler.Taken.ShouldBe(sent);
    }

    [Fact]
    public async Task A_line_that_is_too_long_ends_the_feed_and_so_does_a_stop()
    {
        await using var connection = await ConnectAsync();
        var feed = LineFeeds.Of(connection.Transport.Input, 100, TimeProvider.System);
        var reading = feed.RunAsync(new PausingHandler(feed, 1));
        await _peer.SendAsync(new byte[100], Cancelled);
        (await reading.WaitAsync(ProxyWorld.Generous, Cancelled)).ShouldBe(LineStatus.TooLong);

        using var other = LoopBench.NewPeer();
        await using var second = await ConnectAsync(other);
        var stopped = LineFeeds.Of(second.Transport.Input, 100, TimeProvider.System);
        var running = stopped.RunAsync(new PausingHandler(stopped, 1));
        running.IsCompleted.ShouldBeFalse();
        stopped.Stop();
        (await running.WaitAsync(ProxyWorld.Generous, Cancelled)).ShouldBe(LineStatus.Closed);
    }

    [Fact]
    public async Task Lines_go_on_where_nobody_had_read_for_a_while()
    {
        await using var connection = await ConnectAsync();
        await _peer.SendAsync("one\n"u8.ToArray(), Cancelled);
        await Eventually.TrueAsync(() => ((LoopConnection)connection).Wanted == EpollEvents.None, ProxyWorld.Generous);
        var feed = LineFeeds.Of(connection.Transport.Input, 100, TimeProvider.System);
        var handler = new PausingHandler(feed, 1);
        var reading = feed.RunAsync(handler);
        await _peer.SendAsync("two\n"u8.ToArray(), Cancelled);
        _peer.Dispose();
        await reading.WaitAsync(ProxyWorld.Generous, Cancelled);
        handler.Taken.ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task A_handler_that_fails_fails_its_feed_and_no_other()
    {
        await using var connection = await ConnectAsync();
        using var other = LoopBench.NewPeer();
        await using var second = await ConnectAsync(other);
        var failing = LineFeeds.Of(connection.Transport.Input, 100, TimeProvider.System).RunAsync(new FailingHandler());
        var feed = LineFeeds.Of(second.Transport.Input, 100, TimeProvider.System);
        var handler = new PausingHandler(feed, 1);
        _ = feed.RunAsync(handler);
        await _peer.SendAsync("one\n"u8.ToArray(), Cancelled);
        await Should.ThrowAsync<NotSupportedException>(failing.WaitAsync(ProxyWorld.Generous, Cancelled));
        await other.SendAsync("two\n"u8.ToArray(), Cancelled);
        await Eventually.TrueAsync(() => handler.Taken.Count == 1, ProxyWorld.Generous);
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
        _bench.Dispose();
    }

    private Task<ConnectionContext> ConnectAsync() => ConnectAsync(_peer);

    private Task<ConnectionContext> ConnectAsync(Socket peer) => _bench.ConnectAsync(peer, Cancelled);

    /// <summary>Pauses at every so-manieth line, and is told to go on from another thread.</summary>
    private sealed class PausingHandler(ILineFeed feed, int pauseEvery) : ILineHandler
    {
        public List<string> Taken { get; } = [];

        public bool Take(ReadOnlySpan<byte> line, DateTimeOffset at)
        {
            Taken.Add(Encoding.ASCII.GetString(line));
            if (Taken.Count % pauseEvery != 0)
            {
                return true;
            }

            ThreadPool.QueueUserWorkItem(_ => feed.Resume());
            return false;
        }

        public void CaughtUp()
        {
            // Nothing is done between batches.
        }
    }

    private sealed class FailingHandler : ILineHandler
    {
        public bool Take(ReadOnlySpan<byte> line, DateTimeOffset at) => throw new NotSupportedException();

        public void CaughtUp()
        {
            // It fails before.
        }
    }
}
