using Marketplace.Simulators.Pools;

namespace Marketplace.CommandLine.Tests.CheckPool;

/// <summary>The verb as a script and as a person use it.</summary>
public sealed class CheckPoolTests
{
    private const string Secret = "s3cret";
    private static readonly PoolSettings Good = new()
    {
        CoinbaseText = "checked",
        Difficulty = Difficulty.Of(50_000),
        EasiestDifficulty = null,
    };

    private readonly Terminal _terminal = new();

    private async Task<int> CheckAsync(PoolSettings settings, params string[] more)
    {
        await using var pool = new SimulatedPool(settings, TimeProvider.System);
        pool.Start();
        return await _terminal.RunAsync(
        [
            "check-pool", pool.Url, "--user", "account.worker", "--password", Secret, "--hashrate", "1PH/s",
            "--algorithm", "sha256d-demo", "--watch", "0", "--allow-loopback", .. more,
        ]);
    }

    [Fact]
    public async Task A_good_pool_holds_and_is_shown_rule_by_rule()
    {
        (await CheckAsync(Good, "--transcript")).ShouldBe(ExitCodes.Held);
        foreach (var shown in new[] { "extranonce", "payee", "bc1q", "mining.notify", "account.worker ***" })
        {
            _terminal.Output.ShouldContain(shown);
        }

        _terminal.Output.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task A_pool_that_would_attest_is_said_to_need_a_place_on_the_list()
    {
        await using var pool = new SimulatedPool(Good with { Algorithm = Algorithm.X11 }, TimeProvider.System);
        pool.Start();
        (await _terminal.RunAsync(
            "check-pool", pool.Url, "--user", "account.worker", "--hashrate", "1TH/s", "--algorithm", "x11",
            "--watch", "0", "--allow-loopback")).ShouldBe(ExitCodes.Held);
        _terminal.Output.ShouldContain("listed");
        _terminal.Output.ShouldContain("attested by the");
    }

    [Fact]
    public async Task A_difficulty_too_low_fails_and_names_the_one_to_ask_for()
    {
        (await CheckAsync(Good with { Difficulty = Difficulty.Of(1) })).ShouldBe(ExitCodes.Failed);
        _terminal.Output.ShouldContain("d=");
    }

    [Fact]
    public async Task A_pool_that_does_not_pay_the_address_fails()
    {
        (await CheckAsync(Good, "--pays", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")).ShouldBe(ExitCodes.Failed);
        _terminal.Output.ShouldContain("nothing to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa");
    }

    [Fact]
    public async Task Loopback_is_refused_as_the_marketplace_refuses_it()
    {
        await using var pool = new SimulatedPool(Good, TimeProvider.System);
        pool.Start();
        (await _terminal.RunAsync("check-pool", pool.Url, "--user", "account.worker", "--hashrate", "1PH/s"))
            .ShouldBe(ExitCodes.Failed);
        _terminal.Output.ShouldContain("not on the public internet");
        pool.Counters().Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("stratum+tcp://host:port", "http://example.org:3333", "--user", "u", "--hashrate", "1PH/s")]
    [InlineData("--user", "stratum+tcp://pool.example:3333", "--hashrate", "1PH/s")]
    [InlineData("104.25TH/s", "stratum+tcp://pool.example:3333", "--user", "u", "--hashrate", "fast")]
    [InlineData(
        "not an address",
        "stratum+tcp://pool.example:3333", "--user", "u", "--hashrate", "1PH/s", "--pays", "me")]
    [InlineData(
        "0 to 60",
        "stratum+tcp://pool.example:3333", "--user", "u", "--hashrate", "1PH/s", "--watch", "61")]
    public async Task What_cannot_be_run_fails_and_says_how_to_write_it(string said, params string[] args)
    {
        (await _terminal.RunAsync(["check-pool", .. args])).ShouldBe(ExitCodes.Failed);
        _terminal.Output.ShouldContain(said);
    }
}
