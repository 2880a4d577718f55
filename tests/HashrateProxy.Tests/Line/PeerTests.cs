using Marketplace.Simulators.Pools;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Tests.Line;

/// <summary>What a peer may do to us: talk nonsense, too much, nothing, or as somebody else.</summary>
public sealed class PeerTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private async Task<string> LoginAsync()
    {
        var own = world.NewPool(
            new PoolSettings { CoinbaseText = "own", Difficulty = Difficulty.Of(1_000), EasiestDifficulty = null });
        return (await world.NewRigAsync(own, Hashrate.FromTerahashes(100))).Login;
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("[]\n")]
    [InlineData("{\"id\":1,\n")]
    [InlineData("\n")]
    [InlineData(
        "{\"id\":1,\"method\":\"mining.submit\",\"params\":[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]}\n")]
    public async Task Ten_lines_that_are_no_stratum_close_the_connection_and_each_gets_an_error(string junk)
    {
        using var peer = await RawWorker.ConnectAsync(world.StratumPort);
        await peer.SendAsync(string.Concat(Enumerable.Repeat(junk, 10)));
        var lines = await peer.ReadToEndAsync();
        lines.Count(line => line.Contains("Malformed request", StringComparison.Ordinal)).ShouldBe(10);
        lines[^1].ShouldContain("client.show_message");
    }

    [Fact]
    public async Task A_sensible_line_in_between_keeps_the_connection()
    {
        using var peer = await RawWorker.ConnectAsync(world.StratumPort);
        for (var round = 0; round < 3; round++)
        {
            await peer.SendAsync(string.Concat(Enumerable.Repeat("junk\n", 9)));
            (await peer.CallAsync("mining.ping")).GetProperty("result").GetString().ShouldBe("pong");
        }
    }

    [Fact]
    public async Task A_line_over_sixteen_kibibytes_is_answered_and_closes_the_connection()
    {
        using var peer = await RawWorker.ConnectAsync(world.StratumPort);
        await peer.SendAsync(new string('x', StratumLimits.DownstreamLineBytes + 1));
        (await peer.ReadToEndAsync()).ShouldHaveSingleItem().ShouldContain("A line is longer");
    }

    [Fact]
    public async Task Peers_that_say_nothing_keep_nobody_from_hashing()
    {
        var login = await LoginAsync();
        var silent = new List<RawWorker>();
        for (var peer = 0; peer < 100; peer++)
        {
            silent.Add(await RawWorker.ConnectAsync(world.StratumPort));
        }

        using var worker = await RawWorker.JoinAsync(world.StratumPort, $"{login}.raw");
        (await worker.SubmitAsync(worker.Jobs[^1].Mine())).ShouldBe(0);
        silent.ForEach(peer => peer.Dispose());
    }

    [Theory]
    [InlineData("nobody.nothing.one")]
    [InlineData("")]
    [InlineData("..")]
    public async Task A_worker_whose_login_is_unknown_is_refused_and_gets_no_job(string user)
    {
        using var worker = await RawWorker.ConnectAsync(world.StratumPort);
        await worker.SubscribeAsync();
        RawWorker.CodeOf(await worker.CallAsync("mining.authorize", user, "x")).ShouldBe(StratumError.UnauthorisedCode);
        RawWorker.CodeOf(await worker.CallAsync("mining.submit", user, "1", "000000", "00000000", "00000000"))
            .ShouldBe(StratumError.UnauthorisedCode);
        worker.Jobs.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_connection_belongs_to_one_rig()
    {
        var other = await LoginAsync();
        using var worker = await RawWorker.JoinAsync(world.StratumPort, $"{await LoginAsync()}.raw");
        RawWorker.CodeOf(await worker.CallAsync("mining.authorize", $"{other}.raw", "x")).ShouldBe(
            StratumError.UnauthorisedCode);
    }

    [Fact]
    public async Task A_name_too_long_for_the_log_is_refused_and_the_connection_goes_on()
    {
        var login = await LoginAsync();
        using var worker = await RawWorker.JoinAsync(world.StratumPort, $"{login}.raw");
        foreach (
            var name in new[] { $"{login}.{new string('x', 255 - login.Length)}", $"{login}.{new string('ü', 112)}" })
        {
            RawWorker.CodeOf(await worker.CallAsync("mining.authorize", name, "x")).ShouldBe(
                StratumError.UnauthorisedCode);
        }

        (await worker.SubmitAsync(worker.Jobs[^1].Mine())).ShouldBe(0);
    }

    [Fact]
    public async Task The_longest_name_can_submit()
    {
        var login = await LoginAsync();
        using var worker = await RawWorker.JoinAsync(
            world.StratumPort, $"{login}.{new string('x', 254 - login.Length)}");
        (await worker.SubmitAsync(worker.Jobs[^1].Mine())).ShouldBe(0);
    }

    [Fact]
    public async Task A_peer_that_does_not_read_is_cut_off()
    {
        using var peer = await RawWorker.ConnectAsync(world.StratumPort);
        var pings = string.Concat(Enumerable.Repeat("{\"id\":1,\"method\":\"mining.ping\",\"params\":[]}\n", 10_000));
        await Should.ThrowAsync<IOException>(async () =>
        {
            for (var sent = 0; sent < 10_000; sent++)
            {
                await peer.SendAsync(pings);
            }
        });
    }

    [Fact]
    public async Task An_unknown_method_gets_an_error_and_a_notice_gets_nothing()
    {
        using var peer = await RawWorker.ConnectAsync(world.StratumPort);
        await peer.SendAsync("{\"id\":null,\"method\":\"mining.whatever\",\"params\":[]}\n");
        RawWorker.CodeOf(await peer.CallAsync("mining.whatever")).ShouldBe(StratumError.OtherCode);
    }
}
