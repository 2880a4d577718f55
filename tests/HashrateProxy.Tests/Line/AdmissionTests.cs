using System.Text;

namespace Marketplace.HashrateProxy.Tests.Line;

/// <summary>Who may connect, by what, and from where.</summary>
public sealed class AdmissionTests(GuardedWorld world) : IClassFixture<GuardedWorld>
{
    private static readonly byte[] BinaryHeader = Convert.FromHexString(
        "0d0a0d0a000d0a515549540a" + "21" + "11" + "000c" + "c0000205" + "c6336401" + "dc04" + "0d05");

    private static byte[] TextHeader(string source) => Encoding.ASCII.GetBytes(
        $"PROXY TCP4 {source} 198.51.100.1 56324 3333\r\n");

    private async Task ShouldHashAsync(RawWorker worker)
    {
        await worker.JoinAsync($"{await world.NewLoginAsync()}.raw");
        (await worker.SubmitAsync(worker.Jobs[^1].Mine())).ShouldBe(0);
    }

    private async Task ShouldEndAsync(string reason, Func<Task> act)
    {
        var before = world.Closed(reason);
        await act();
        await Eventually.TrueAsync(() => world.Closed(reason) > before, ProxyWorld.Generous, reason);
    }

    [Fact]
    public async Task A_worker_behind_a_trusted_balancer_hashes_whichever_header_it_sends()
    {
        using var text = await RawWorker.ConnectAsync(world.StratumPort, preamble: TextHeader("192.0.2.1"));
        using var binary = await RawWorker.ConnectAsync(world.StratumPort, preamble: BinaryHeader);
        using var none = await RawWorker.ConnectAsync(world.StratumPort);
        await ShouldHashAsync(text);
        await ShouldHashAsync(binary);
        await ShouldHashAsync(none);
    }

    [Fact]
    public async Task A_header_that_comes_byte_by_byte_is_read_whole()
    {
        using var worker = await RawWorker.ConnectAsync(world.StratumPort);
        foreach (var letter in Encoding.ASCII.GetString(TextHeader("192.0.2.2")))
        {
            await worker.SendAsync($"{letter}");
        }

        await ShouldHashAsync(worker);
    }

    [Fact]
    public async Task A_header_from_a_stranger_closes_the_connection() =>
        await ShouldEndAsync("foreign-proxy-header", async () =>
        {
            using var stranger = await RawWorker.ConnectAsync(
                world.StratumPort, from: "127.0.0.2", preamble: TextHeader("192.0.2.1"));
            (await stranger.ReadToEndAsync()).ShouldBeEmpty();
        });

    [Theory]
    [InlineData("PROXY TCP4 nowhere 198.51.100.1 56324 3333\r\n")]
    [InlineData("PROXY\u0020\r\n")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n1111")]
    public async Task A_broken_header_closes_the_connection(string header) =>
        await ShouldEndAsync("broken-proxy-header", async () =>
        {
            using var worker = await RawWorker.ConnectAsync(
                world.StratumPort, preamble: Encoding.ASCII.GetBytes(header));
            (await worker.ReadToEndAsync()).ShouldBeEmpty();
        });

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Tls_is_spoken_on_its_own_port_and_sniffed_on_the_plain_one(bool isOwnPort, bool isProxied)
    {
        using var worker = await RawWorker.ConnectAsync(
            isOwnPort ? world.TlsPort : world.StratumPort,
            preamble: isProxied ? TextHeader("192.0.2.3") : null,
            isTls: true);
        await ShouldHashAsync(worker);
    }

    [Fact]
    public async Task Plain_stratum_on_the_port_of_tls_closes_the_connection() =>
        await ShouldEndAsync("broken-tls", async () =>
        {
            using var worker = await RawWorker.ConnectAsync(world.TlsPort);
            await worker.SendAsync("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n");
            (await worker.ReadToEndAsync()).ShouldBeEmpty();
        });

    [Fact]
    public async Task An_address_may_have_so_many_connections_and_another_is_not_touched()
    {
        var full = new List<RawWorker>();
        for (var connection = 0; connection < GuardedWorld.PerAddress; connection++)
        {
            full.Add(await RawWorker.ConnectAsync(world.StratumPort, from: "127.0.0.3"));
        }

        await ShouldEndAsync("too-many-of-address", async () =>
        {
            using var oneMore = await RawWorker.ConnectAsync(world.StratumPort, from: "127.0.0.3");
            (await oneMore.ReadToEndAsync()).ShouldHaveSingleItem().ShouldContain("Too many connections from this");
        });
        using var neighbour = await RawWorker.ConnectAsync(world.StratumPort, from: "127.0.0.4");
        await ShouldHashAsync(neighbour);

        full[0].Dispose();
        await Eventually.TrueAsync(
            async () =>
            {
                using var next = await RawWorker.ConnectAsync(world.StratumPort, from: "127.0.0.3");
                await next.SendAsync("{\"id\":1,\"method\":\"mining.ping\",\"params\":[]}\n");
                return (await next.TryReadLineAsync())?.Contains("pong", StringComparison.Ordinal) == true;
            },
            ProxyWorld.Generous);
        full.ForEach(worker => worker.Dispose());
    }

    [Fact]
    public async Task Behind_a_balancer_the_address_of_the_header_counts()
    {
        var full = new List<RawWorker>();
        for (var connection = 0; connection < GuardedWorld.PerAddress; connection++)
        {
            full.Add(await RawWorker.ConnectAsync(world.StratumPort, preamble: TextHeader("192.0.2.4")));
            (await full[^1].CallAsync("mining.ping")).GetProperty("result").GetString().ShouldBe("pong");
        }

        using var oneMore = await RawWorker.ConnectAsync(world.StratumPort, preamble: TextHeader("192.0.2.4"));
        await oneMore.SendAsync("{\"id\":1,\"method\":\"mining.ping\",\"params\":[]}\n");
        (await oneMore.ReadToEndAsync()).ShouldHaveSingleItem().ShouldContain("Too many connections from this");
        using var neighbour = await RawWorker.ConnectAsync(world.StratumPort, preamble: TextHeader("192.0.2.5"));
        await ShouldHashAsync(neighbour);
        full.ForEach(worker => worker.Dispose());
    }

    [Fact]
    public async Task A_rig_may_have_so_many_connections_and_another_rig_is_not_touched()
    {
        var login = await world.NewLoginAsync();
        var full = new List<RawWorker>();
        for (var connection = 0; connection < GuardedWorld.PerRig; connection++)
        {
            full.Add(await RawWorker.JoinAsync(world.StratumPort, $"{login}.raw"));
        }

        using var oneMore = await RawWorker.ConnectAsync(world.StratumPort);
        await oneMore.SubscribeAsync();
        await oneMore.SendAsync($"{{\"id\":9,\"method\":\"mining.authorize\",\"params\":[\"{login}.raw\"]}}\n");
        (await oneMore.ReadToEndAsync())[^1].ShouldContain("Too many connections of this rig.");
        using var neighbour = await RawWorker.ConnectAsync(world.StratumPort);
        await ShouldHashAsync(neighbour);
        (await full[0].SubmitAsync(full[0].Jobs[^1].Mine())).ShouldBe(0);
        full.ForEach(worker => worker.Dispose());
    }
}
