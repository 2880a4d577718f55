using Marketplace.Primitives;
using Shouldly;

namespace Marketplace.Stratum.Tests;

/// <summary>A pool is tried by talking to it; what it says decides, in whatever order it says it.</summary>
public sealed class PoolCheckupTests
{
    private const string Secret = "s3cret";
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(500);
    private static readonly PoolDemands Demands =
        new(Algorithm.Sha256d, Hashrate.FromTerahashes(1), FleetNeeds.Unknown, null);

    private static async Task<PoolReport> CheckAsync(ScriptedPool pool)
    {
        var dialer = new PoolDialer(new NamesDouble(["127.0.0.1"]), new DialPolicy(AllowLoopback: true));
        return await new PoolCheckup(dialer, TimeProvider.System).RunAsync(
            PoolUrl.Parse($"stratum+tcp://pool.example:{pool.Port}"),
            new PoolLogin("user.worker", Secret),
            Demands,
            Watch,
            TestContext.Current.CancellationToken);
    }

    private static PoolFinding Failed(PoolReport report) =>
        report.Findings.Single(finding => finding.Verdict == PoolVerdict.Fail);

    [Fact]
    public async Task A_good_pool_passes_every_rule()
    {
        await using var pool = new ScriptedPool();
        var report = await CheckAsync(pool);
        report.Findings.Where(finding => finding.Rule != "ping").ShouldAllBe(
            finding => finding.Verdict == PoolVerdict.Pass);
        report.Findings.Select(finding => finding.Rule).ShouldBe(
        [
            "resolve", "address", "connect", "configure", "subscribe", "authorize", "job", "extranonce",
            "version-rolling", "difficulty", "ping", "coinbase-size", "clean-jobs", "clock", "payee",
        ]);
        report.Findings[^1].Seen.ShouldContain(PoolJobs.Payee);
        report.Transcript.ShouldContain("> mining.authorize user.worker ***");
    }

    [Fact]
    public async Task Difficulty_and_job_may_come_before_the_login_is_answered()
    {
        await using var pool = new ScriptedPool().Say(
            "mining.authorize",
            ScriptedPool.Difficulty(2_000_000), PoolJobs.Notify("1"), """{"id":ID,"result":true,"error":null}""");
        var report = await CheckAsync(pool);
        report.Verdict.ShouldNotBe(PoolVerdict.Fail);
        report.Findings.Single(finding => finding.Rule == "difficulty").Seen.ShouldStartWith("2000000");
    }

    [Fact]
    public async Task What_is_granted_may_change_after_the_handshake()
    {
        await using var pool = new ScriptedPool().Add(
            "mining.authorize",
            """{"id":null,"method":"mining.set_version_mask","params":["00000000"]}""",
            """{"id":null,"method":"mining.set_extranonce","params":["0102",1]}""");
        var report = await CheckAsync(pool);
        Failed(report).Rule.ShouldBe("extranonce");
        report.Findings.Single(finding => finding.Rule == "version-rolling").Verdict.ShouldBe(PoolVerdict.Warn);
    }

    [Theory]
    [InlineData("elsewhere.example", true)]
    [InlineData("pool.example", false)]
    [InlineData("", false)]
    public async Task A_redirect_is_followed_by_nobody_and_told_when_it_leads_elsewhere(string host, bool isTold)
    {
        await using var elsewhere = new Listener("127.0.0.1", "elsewhere");
        var parameters = host.Length == 0 ? "" : $"\"{host}\",{elsewhere.Port},0";
        await using var pool = new ScriptedPool().Add(
            "mining.authorize", $$"""{"id":null,"method":"client.reconnect","params":[{{parameters}}]}""");
        var report = await CheckAsync(pool);
        report.Findings.Any(finding => finding.Rule == "redirect").ShouldBe(isTold);
        elsewhere.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("mining.configure", "subscribe")]
    [InlineData("mining.subscribe", "authorize")]
    [InlineData("mining.authorize", "job")]
    public async Task A_pool_that_hangs_up_fails_at_the_next_step(string after, string step)
    {
        await using var pool = new ScriptedPool { HangsUpAfter = after };
        Failed(await CheckAsync(pool)).Rule.ShouldBe(step);
    }

    [Theory]
    [InlineData("mining.subscribe", """{"id":ID,"result":true,"error":null}""", "subscribe")]
    [InlineData("mining.authorize", """{"id":ID,"result":false,"error":null}""", "authorize")]
    [InlineData("mining.authorize", """{"id":ID,"result":null,"error":[24,"Unauthorized",null]}""", "authorize")]
    public async Task An_answer_that_cannot_be_used_fails_its_step(string method, string answer, string step)
    {
        await using var pool = new ScriptedPool().Say(method, answer);
        Failed(await CheckAsync(pool)).Rule.ShouldBe(step);
    }

    [Fact]
    public async Task A_line_without_an_end_fails_instead_of_filling_the_memory()
    {
        await using var pool = new ScriptedPool().Say(
            "mining.subscribe", new string('x', StratumLimits.UpstreamLineBytes + 1));
        var failed = Failed(await CheckAsync(pool));
        failed.Rule.ShouldBe("subscribe");
        failed.Seen.ShouldContain("more than");
    }

    [Fact]
    public async Task A_pool_that_says_the_password_back_does_not_get_it_into_the_report()
    {
        await using var pool = new ScriptedPool()
            .Say("mining.configure", """{"id":ID,"result":null,"error":[20,"s3cret",null]}""")
            .Add("mining.subscribe", """{"id":null,"method":"client.show_message","params":["hello s3cret"]}""")
            .Say("mining.authorize", """{"id":ID,"result":false,"error":[24,"bad password s3cret",null]}""");
        var report = await CheckAsync(pool);
        Failed(report).Seen.ShouldContain("bad password ***");
        report.Transcript.Count(line => line.Contains("***", StringComparison.Ordinal)).ShouldBe(4);
        report.ToString().ShouldNotContain(Secret);
        foreach (var text in report.Transcript.Concat(report.Findings.Select(finding => finding.Seen)))
        {
            text.ShouldNotContain(Secret);
        }
    }
}
