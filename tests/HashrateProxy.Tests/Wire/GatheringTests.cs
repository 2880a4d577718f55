using System.Net.Sockets;
using Marketplace.HashrateProxy.Wire;
using Marketplace.HashrateProxy.Wire.Sockets;
using Marketplace.Stratum;
using Microsoft.AspNetCore.Connections;

namespace Marketplace.HashrateProxy.Tests.Wire;

/// <summary>Lines that are in no hurry wait for others on the loop, and never for long.</summary>
public sealed class GatheringTests : IDisposable
{
    private readonly LoopBench _bench = new();
    private readonly Socket _worker = LoopBench.NewPeer();
    private readonly Socket _pool = LoopBench.NewPeer();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_in_no_hurry_goes_out_although_nothing_follows_it()
    {
        await using var worker = await ConnectAsync(_worker);
        await using var pool = await ConnectAsync(_pool);
        using var outbox = Begin(worker, pool);
        using var lines = new StreamReader(new NetworkStream(_pool));
        for (var number = 1; number <= 3; number++)
        {
            await _worker.SendAsync("later\n"u8.ToArray(), Cancelled);
            (await ReadAsync(lines)).ShouldBe(Ping(number));
        }
    }

    [Fact]
    public async Task Lines_keep_their_order_whatever_hurry_they_are_in()
    {
        await using var worker = await ConnectAsync(_worker);
        await using var pool = await ConnectAsync(_pool);
        using var outbox = Begin(worker, pool);
        using var lines = new StreamReader(new NetworkStream(_pool));
        for (var number = 1; number <= 300; number += 3)
        {
            await _worker.SendAsync("later\nlater\nnow\n"u8.ToArray(), Cancelled);
            (await ReadAsync(lines)).ShouldBe(Ping(number));
            (await ReadAsync(lines)).ShouldBe(Ping(number + 1));
            (await ReadAsync(lines)).ShouldBe(Ping(number + 2));
        }
    }

    public void Dispose()
    {
        _worker.Dispose();
        _pool.Dispose();
        _bench.Dispose();
    }

    /// <summary>Each line of the worker becomes one to the pool.</summary>
    private static LineOutbox<DownstreamLineWriter> Begin(ConnectionContext worker, ConnectionContext pool)
    {
        var outbox = new LineOutbox<DownstreamLineWriter>(
            TimeProvider.System, output => new DownstreamLineWriter(output));
        _ = outbox.SendAsync(LoopConnection.SenderOf(pool.Transport));
        _ = LineFeeds.Of(worker.Transport.Input, 100, TimeProvider.System).RunAsync(new Relay(outbox));
        return outbox;
    }

    private static string Ping(int number) => $$"""{"id":{{number}},"method":"mining.ping","params":[]}""";

    private static async Task<string?> ReadAsync(StreamReader lines) =>
        await lines.ReadLineAsync(Cancelled).AsTask().WaitAsync(ProxyWorld.Generous, Cancelled);

    private Task<ConnectionContext> ConnectAsync(Socket peer) => _bench.ConnectAsync(peer, Cancelled);

    private sealed class Relay(LineOutbox<DownstreamLineWriter> outbox) : ILineHandler
    {
        private int _number;

        public bool Take(ReadOnlySpan<byte> line, DateTimeOffset at) =>
            outbox.Append(++_number, static (lines, id) => lines.Ping(id), at, mayWait: line.SequenceEqual("later"u8));

        public void CaughtUp()
        {
            // Nothing is done between batches.
        }
    }
}
