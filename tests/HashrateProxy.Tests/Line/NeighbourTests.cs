using System.Text.Json;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Tests.Line;

/// <summary>
/// Whatever one peer does, it is closed with a reason that it can read and we can count, and its neighbour's shares go
/// on.
/// </summary>
public sealed class NeighbourTests(GuardedWorld world) : IClassFixture<GuardedWorld>
{
    private async Task BesideAsync(string reason, Func<Task> act)
    {
        var before = world.Closed(reason);
        using var neighbour = await RawWorker.JoinAsync(world.StratumPort, $"{await world.NewLoginAsync()}.raw");
        (await neighbour.SubmitAsync(neighbour.Jobs[^1].Mine())).ShouldBe(0);
        await act();
        await Eventually.TrueAsync(() => world.Closed(reason) > before, ProxyWorld.Generous, reason);
        (await neighbour.SubmitAsync(neighbour.Jobs[^1].Mine(firstNonce: 1 << 16))).ShouldBe(0);
    }

    [Fact]
    public Task Junk() => BesideAsync("junk", async () =>
    {
        using var peer = await RawWorker.ConnectAsync(world.StratumPort);
        await peer.SendAsync(string.Concat(Enumerable.Repeat("GET / HTTP/1.1\r\n", 10)));
        (await peer.ReadToEndAsync())[^1].ShouldContain("Too many lines that are no Stratum.");
    });

    [Fact]
    public Task A_line_without_end() => BesideAsync("line-too-long", async () =>
    {
        using var peer = await RawWorker.ConnectAsync(world.StratumPort);
        await peer.SendAsync(new string('{', StratumLimits.DownstreamLineBytes));
        (await peer.ReadToEndAsync())[^1].ShouldContain("A line is longer than a line may be.");
    });

    [Fact]
    public Task An_idle_handshake() => BesideAsync("handshake-timeout", async () =>
    {
        using var peer = await RawWorker.ConnectAsync(world.StratumPort);
        await peer.SubscribeAsync();
        (await peer.ReadToEndAsync())[^1].ShouldContain("No login and subscription in time.");
    });

    [Fact]
    public Task A_peer_that_never_says_a_word() => BesideAsync("handshake-timeout", async () =>
    {
        using var peer = await RawWorker.ConnectAsync(world.StratumPort);
        (await peer.ReadToEndAsync()).ShouldBeEmpty();
    });

    [Fact]
    public Task A_flood_of_shares() => BesideAsync("submit-flood", async () =>
    {
        using var peer = await RawWorker.JoinAsync(world.StratumPort, $"{await world.NewLoginAsync()}.raw");
        var share = peer.Jobs[^1].Mine();
        var line = JsonSerializer.Serialize(new
        {
            id = 7,
            method = "mining.submit",
            @params = new object[] { peer.User, "nobody", "000000", $"{share.NTime:x8}", $"{share.Nonce:x8}" },
        });

        // What is sent in one piece is far more than the budget can earn meanwhile.
        await peer.SendAsync(string.Concat(Enumerable.Repeat(line + "\n", 20_000)));
        var lines = await peer.ReadToEndAsync();
        lines.Count(answer => answer.Contains("Job not found", StringComparison.Ordinal))
            .ShouldBeGreaterThanOrEqualTo(GuardedWorld.SubmitsPerSecond * 10);
    });

    [Fact]
    public Task A_peer_that_does_not_read() => BesideAsync("slow-reader", async () =>
    {
        using var peer = await RawWorker.ConnectAsync(world.StratumPort, receiveBufferBytes: 4_096);
        var extensions = Enumerable.Range(0, 16).Select(number => new string('x', 200) + number);
        var line = JsonSerializer.Serialize(new
        {
            id = 1,
            method = "mining.configure",
            @params = new object[] { extensions },
        });

        // The sockets on the way hold a few megabytes before anyone notices; then it is cut.
        await Should.ThrowAsync<IOException>(async () =>
        {
            var startedAt = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(startedAt) < ProxyWorld.Generous)
            {
                await peer.SendAsync(line + "\n");
            }
        });
    });
}
