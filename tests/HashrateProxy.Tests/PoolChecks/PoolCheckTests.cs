using System.Net;
using Marketplace.Client;
using Marketplace.Client.Catalog;
using Marketplace.Client.HashrateProxy;
using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests.PoolChecks;

/// <summary>What a renter is told about a pool before any money moves.</summary>
public sealed class PoolCheckTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private const string Secret = "s3cret \"pass\" wörd";
    private const string SomebodyElse = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
    private static readonly Hashrate Rate = Hashrate.FromTerahashes(1_000);

    private static readonly PoolSettings Good = new() { CoinbaseText = "checked", Difficulty = Difficulty.Of(50_000) };

    private Task<PoolCheck> CheckAsync(string url, RigId? rigId = null, string password = Secret) =>
        world.ClientOf(world.RenterId, "renter").CheckPoolAsync(
            new CheckPool(new Pool(url, "account.worker", password), "sha256d-demo", Rate, rigId),
            TestContext.Current.CancellationToken);

    private static void ShouldFailAt(PoolCheck check, string rule)
    {
        check.Verdict.ShouldBe("fail");
        var failed = check.Rules.Where(one => one.Verdict == "fail").ToList();
        failed.Select(one => one.Name).ShouldBe([rule]);
        failed[0].Seen.ShouldNotBeEmpty();
        failed[0].Fix.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_good_pool_passes_every_rule_and_its_lines_are_shown()
    {
        var check = await CheckAsync(world.NewPool(Good).Url);
        check.Verdict.ShouldNotBe("fail");
        check.Rules.Select(rule => rule.Name).ShouldBe(
        [
            "resolve", "address", "connect", "configure", "subscribe", "authorize", "job", "extranonce",
            "version-rolling",
            "difficulty", "ping", "coinbase-size", "clean-jobs", "clock", "payee",
        ]);
        check.Rules.Where(rule => rule.Name != "ping").ShouldAllBe(rule => rule.Verdict == "pass");
        check.Rules.Single(rule => rule.Name == "payee").Seen.ShouldContain("bc1q");
        check.Transcript.ShouldContain(line => line.Contains("mining.subscribe", StringComparison.Ordinal));
        check.Transcript.ShouldContain(line => line.Contains("mining.notify", StringComparison.Ordinal));
        check.Transcript.ShouldNotContain(line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_that_does_not_exist_fails_to_resolve() =>
        ShouldFailAt(await CheckAsync("stratum+tcp://no-such-host.invalid:3333"), "resolve");

    [Theory]
    [InlineData("stratum+tcp://10.0.0.1:3333")]
    [InlineData("stratum+tcp://169.254.169.254:3333")]
    [InlineData("stratum+tcp://[::ffff:10.0.0.1]:3333")]
    [InlineData("stratum+tcp://[64:ff9b::a00:1]:3333")]
    public async Task An_address_that_is_not_public_is_not_dialled(string url) =>
        ShouldFailAt(await CheckAsync(url), "address");

    [Fact]
    public async Task A_closed_port_fails_to_connect() =>
        ShouldFailAt(await CheckAsync($"stratum+tcp://127.0.0.1:{FreePort.Next()}"), "connect");

    [Fact]
    public async Task A_pool_that_hangs_up_fails_where_it_did() =>
        ShouldFailAt(
            await CheckAsync(
                world.NewPool(Good with { Failures = new() { DropsNewConnections = true } }).Url), "configure");

    [Fact]
    public async Task A_pool_that_never_answers_fails_at_the_question_it_was_asked() =>
        ShouldFailAt(
            await CheckAsync(world.NewPool(Good with { Failures = new() { StopsAnswering = true } }).Url), "configure");

    [Fact]
    public async Task A_refused_login_fails_to_authorize() =>
        ShouldFailAt(
            await CheckAsync(world.NewPool(Good with { Failures = new() { RefusesLogins = true } }).Url), "authorize");

    [Fact]
    public async Task A_pool_without_a_job_fails_for_it() =>
        ShouldFailAt(await CheckAsync(world.NewPool(Good with { Failures = new() { StopsJobs = true } }).Url), "job");

    [Fact]
    public async Task A_difficulty_that_would_flood_the_pool_fails_and_the_fix_names_the_one_to_ask_for()
    {
        var check = await CheckAsync(
            world.NewPool(Good with { Difficulty = Difficulty.Of(100), EasiestDifficulty = null }).Url);
        ShouldFailAt(check, "difficulty");
        check.Rules.Single(rule => rule.Name == "difficulty").Fix.ShouldContain("d=");
    }

    [Fact]
    public async Task A_flood_of_clean_jobs_fails() => ShouldFailAt(
        await CheckAsync(world.NewPool(Good with { Failures = new() { CleanJobFloodMilliseconds = 100 } }).Url),
        "clean-jobs");

    [Fact]
    public async Task A_pool_that_does_not_pay_the_renters_address_fails()
    {
        var pool = new Pool(world.NewPool(Good).Url, "account.worker", Secret);
        var renter = world.ClientOf(world.RenterId, "renter");
        var request = new CheckPool(pool, "sha256d-demo", Rate, null, WatchSeconds: 0, Payee: SomebodyElse);
        ShouldFailAt(await renter.CheckPoolAsync(request, TestContext.Current.CancellationToken), "payee");
    }

    [Fact]
    public async Task A_seller_may_check_a_pool_of_his_own()
    {
        var request = new CheckPool(
            new Pool(world.NewPool(Good).Url, "account.worker", Secret), "sha256d-demo", Rate, null, WatchSeconds: 0);
        var check = await world.ClientOf(world.SellerId, "seller")
            .CheckPoolAsync(request, TestContext.Current.CancellationToken);
        check.Verdict.ShouldNotBe("fail");
    }

    [Fact]
    public async Task A_short_extranonce_is_a_warning_and_one_too_short_for_any_firmware_fails()
    {
        var check = await CheckAsync(world.NewPool(Good with { Extranonce2SizeBytes = 3 }).Url);
        check.Rules.Single(rule => rule.Name == "extranonce").Verdict.ShouldBe("warn");
        ShouldFailAt(await CheckAsync(world.NewPool(Good with { Extranonce2SizeBytes = 1 }).Url), "extranonce");
    }

    [Fact]
    public async Task Without_version_rolling_a_pool_is_a_warning_and_fails_for_a_rig_that_rolls()
    {
        var pool = world.NewPool(Good with { VersionMask = null });
        var (rigId, login) = await world.NewRigAsync(world.NewPool(Good with { CoinbaseText = "own" }), Rate);
        (await CheckAsync(pool.Url, rigId)).Verdict.ShouldBe("warn");

        var worker = world.NewFarm().Add(new WorkerSettings
        {
            Port = world.StratumPort,
            Login = login,
            Name = "one",
            Profile = FirmwareProfiles.Antminer,
            HashesPerSecond = 1_000,
        });
        await Eventually.TrueAsync(() => worker.Counters().HashesFor == "own", ProxyWorld.Generous);
        ShouldFailAt(await CheckAsync(pool.Url, rigId), "version-rolling");
        (await CheckAsync(pool.Url)).Verdict.ShouldBe("warn");
    }

    [Theory]
    [InlineData(Secret)]
    [InlineData("abc")]
    [InlineData("<&'+>")]
    public async Task A_pool_that_says_the_password_back_does_not_get_it_into_the_answer(string password)
    {
        await using var pool = new EchoingPool();
        var check = await CheckAsync(pool.Url, password: password);
        ShouldFailAt(check, "authorize");
        var heard = pool.Heard.Single(line => line.Contains("mining.authorize", StringComparison.Ordinal));
        var onTheWire = heard[
            (heard.IndexOf(',', heard.IndexOf("account.worker", StringComparison.Ordinal)) + 2)
            ..heard.LastIndexOf('"')];
        foreach (var text in check.Transcript.Concat(check.Rules.Select(rule => rule.Seen)))
        {
            text.ShouldNotContain(password);
            text.ShouldNotContain(onTheWire);
        }
    }

    [Theory]
    [InlineData("http://example.org:3333", "sha256d-demo", "pool-url-invalid")]
    [InlineData("stratum+tcp://user@example.org:3333", "sha256d-demo", "pool-url-invalid")]
    [InlineData("stratum+tcp://127.0.0.1:22", "sha256d-demo", "pool-url-invalid")]
    [InlineData("stratum+tcp://127.0.0.1:3333", "sha3", "algorithm-unknown")]
    public async Task Bad_input_is_named(string url, string algorithm, string code)
    {
        var request = new CheckPool(new Pool(url, "account.worker", "x"), algorithm, Rate, null);
        var problem = await Should.ThrowAsync<ApiProblemException>(() => world.ClientOf(world.RenterId, "renter")
            .CheckPoolAsync(request, TestContext.Current.CancellationToken));
        (problem.Status, problem.Code).ShouldBe((HttpStatusCode.BadRequest, code));
    }

    [Theory]
    [InlineData(61, null, "watch-invalid")]
    [InlineData(-1, null, "watch-invalid")]
    [InlineData(0, "me", "payee-invalid")]
    public async Task A_watch_without_end_and_a_payee_without_an_address_are_named(
        int watchSeconds, string? payee, string code)
    {
        var request = new CheckPool(
            new Pool("stratum+tcp://127.0.0.1:3333", "account.worker", "x"),
            "sha256d-demo", Rate, null, watchSeconds, payee);
        var problem = await Should.ThrowAsync<ApiProblemException>(() => world.ClientOf(world.RenterId, "renter")
            .CheckPoolAsync(request, TestContext.Current.CancellationToken));
        (problem.Status, problem.Code).ShouldBe((HttpStatusCode.BadRequest, code));
    }
}
