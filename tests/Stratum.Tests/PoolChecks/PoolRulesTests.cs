using Marketplace.Primitives;
using Marketplace.Stratum.Coinbase;
using Shouldly;

namespace Marketplace.Stratum.Tests;

/// <summary>Each rule at the line between its verdicts.</summary>
public sealed class PoolRulesTests
{
    private static readonly PoolUrl Url = PoolUrl.Parse("stratum+tcp://pool.example:3333");

    private static readonly PoolDemands Demands =
        new(Algorithm.Sha256d, Hashrate.FromTerahashes(1_000), FleetNeeds.Unknown, null);

    private static readonly PoolSighting Good = new()
    {
        Extranonce = PoolJobs.Assignment,
        VersionMask = 0x1fffe000,
        Difficulty = Demands.MinimumDifficulty,
        Jobs = [Seen(PoolJobs.Notify("1"))],
        Watched = TimeSpan.FromSeconds(60),
        Ping = TimeSpan.FromMilliseconds(20),
    };

    private static SeenJob Seen(string notify, double skewSeconds = 0) =>
        new(PoolJobs.Job(notify), PoolJobs.Assignment, TimeSpan.FromSeconds(skewSeconds));

    private static PoolVerdict Verdict(string rule, PoolSighting seen, PoolDemands? demands = null)
    {
        var finding = ConnectionRules.Of(Url, seen, demands ?? Demands)
            .Concat(JobRules.Of(seen, demands ?? Demands))
            .Single(one => one.Rule == rule);
        finding.Seen.ShouldNotBeEmpty();
        (finding.Fix.Length > 0).ShouldBe(finding.Verdict != PoolVerdict.Pass);
        return finding.Verdict;
    }

    private static PoolDemands With(FleetNeeds fleet) => Demands with { Fleet = fleet };

    [Theory]
    [InlineData(4, 4, PoolVerdict.Pass)]
    [InlineData(3, 4, PoolVerdict.Warn)]
    [InlineData(1, 4, PoolVerdict.Fail)]
    [InlineData(8, 8, PoolVerdict.Pass)]
    [InlineData(7, 8, PoolVerdict.Warn)]
    public void Extranonce2_holds_what_the_fleet_holds(int given, int needed, PoolVerdict verdict) =>
        Verdict(
            "extranonce",
            Good with { Extranonce = PoolJobs.Assignment with { Extranonce2Bytes = given } },
            With(FleetNeeds.Unknown with { ExtranonceBytes = needed })).ShouldBe(verdict);

    [Theory]
    [InlineData(0x1fffe000u, 0x1fffe000u, PoolVerdict.Pass)]
    [InlineData(0x1fffe000u, 0x00ffe000u, PoolVerdict.Pass)]
    [InlineData(0x00ffe000u, 0x1fffe000u, PoolVerdict.Fail)]
    [InlineData(0u, 0x1fffe000u, PoolVerdict.Fail)]
    [InlineData(0u, 0u, PoolVerdict.Warn)]
    public void The_mask_grants_what_the_fleet_rolls(uint granted, uint needed, PoolVerdict verdict) =>
        Verdict(
            "version-rolling",
            Good with { VersionMask = granted },
            With(FleetNeeds.Unknown with { VersionMask = needed })).ShouldBe(verdict);

    [Fact]
    public void A_job_version_with_bits_inside_the_mask_fails() =>
        Verdict("version-rolling", Good with { Jobs = [Seen(PoolJobs.Notify("1", version: 0x20002000))] })
            .ShouldBe(PoolVerdict.Fail);

    [Fact]
    public void A_difficulty_below_the_least_for_the_hashrate_fails()
    {
        Verdict("difficulty", Good).ShouldBe(PoolVerdict.Pass);
        Verdict("difficulty", Good, Demands with { Hashrate = Hashrate.FromTerahashes(1_001) })
            .ShouldBe(PoolVerdict.Fail);
    }

    [Theory]
    [InlineData(500, PoolVerdict.Pass)]
    [InlineData(501, PoolVerdict.Warn)]
    [InlineData(5_001, PoolVerdict.Fail)]
    public void A_slow_pool_is_told(int milliseconds, PoolVerdict verdict) =>
        Verdict("ping", Good with { Ping = TimeSpan.FromMilliseconds(milliseconds) }).ShouldBe(verdict);

    [Theory]
    [InlineData(500, "", PoolVerdict.Pass)]
    [InlineData(501, "", PoolVerdict.Warn)]
    [InlineData(16_001, "", PoolVerdict.Fail)]
    [InlineData(500, "NiceHash/1.0.0", PoolVerdict.Pass)]
    [InlineData(501, "NiceHash/1.0.0", PoolVerdict.Fail)]
    [InlineData(731, "bmminer/2.0.0", PoolVerdict.Fail)]
    [InlineData(730, "Antminer S19/mixed", PoolVerdict.Pass)]
    [InlineData(2_250, "Antminer S21/mixed", PoolVerdict.Pass)]
    [InlineData(2_251, "Antminer S21/mixed", PoolVerdict.Fail)]
    [InlineData(6_501, "whatsminer/v1.0", PoolVerdict.Fail)]
    [InlineData(16_000, "xminer-1.2", PoolVerdict.Pass)]
    [InlineData(16_001, "never seen", PoolVerdict.Fail)]
    public void A_coinbase_is_no_longer_than_the_firmware_takes(int bytes, string firmware, PoolVerdict verdict)
    {
        var job = Seen(PoolJobs.Notify("1", coinbaseBytes: bytes));
        job.CoinbaseBytes.ShouldBe(bytes);
        var fleet = FleetNeeds.Unknown with { Firmware = firmware.Length == 0 ? [] : [firmware] };
        Verdict("coinbase-size", Good with { Jobs = [job] }, With(fleet)).ShouldBe(verdict);
    }

    [Theory]
    [InlineData(0, 60, PoolVerdict.Pass)]
    [InlineData(1, 2, PoolVerdict.Warn)]
    [InlineData(2, 2, PoolVerdict.Fail)]
    [InlineData(12, 60, PoolVerdict.Warn)]
    [InlineData(13, 60, PoolVerdict.Fail)]
    public void Clean_jobs_without_a_new_block_are_counted(int needless, int seconds, PoolVerdict verdict)
    {
        var jobs = Enumerable.Range(0, needless + 1).Select(number => Seen(PoolJobs.Notify($"{number}"))).ToList();
        Verdict("clean-jobs", Good with { Jobs = jobs, Watched = TimeSpan.FromSeconds(seconds) }).ShouldBe(verdict);
    }

    [Fact]
    public void New_blocks_and_jobs_that_are_not_clean_are_no_flood()
    {
        var blocks = Enumerable.Range(0, 20).Select(block => Seen(PoolJobs.Notify($"{block}", block: (byte)block)));
        var refreshed = Enumerable.Range(20, 20).Select(number => Seen(PoolJobs.Notify($"{number}", isClean: false)));
        Verdict("clean-jobs", Good with { Jobs = [.. blocks, .. refreshed] }).ShouldBe(PoolVerdict.Pass);
    }

    [Theory]
    [InlineData(0, PoolVerdict.Pass)]
    [InlineData(-600, PoolVerdict.Pass)]
    [InlineData(601, PoolVerdict.Warn)]
    [InlineData(-601, PoolVerdict.Warn)]
    [InlineData(7_201, PoolVerdict.Fail)]
    [InlineData(-7_201, PoolVerdict.Fail)]
    public void Jobs_are_dated_about_now(int skewSeconds, PoolVerdict verdict) =>
        Verdict("clock", Good with { Jobs = [Seen(PoolJobs.Notify("1"), skewSeconds)] }).ShouldBe(verdict);

    [Theory]
    [InlineData(PoolJobs.Payee, PoolVerdict.Pass)]
    [InlineData("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", PoolVerdict.Fail)]
    public void The_coinbase_pays_whom_it_has_to(string payee, PoolVerdict verdict)
    {
        PayoutAddress.TryParse(payee, out var address).ShouldBeTrue();
        Verdict("payee", Good, Demands with { Payee = address }).ShouldBe(verdict);
    }

    [Fact]
    public void A_coinbase_that_cannot_be_read_fails_only_where_a_payee_is_asked_for()
    {
        var unread = Good with { Jobs = [Seen(PoolJobs.Notify("1")) with { Extranonce = default }] };
        PayoutAddress.TryParse(PoolJobs.Payee, out var address).ShouldBeTrue();
        Verdict("payee", unread).ShouldBe(PoolVerdict.Warn);
        Verdict("payee", unread, Demands with { Payee = address }).ShouldBe(PoolVerdict.Fail);
    }

    [Fact]
    public void Steps_after_the_one_that_failed_say_nothing()
    {
        HandshakeRules.Of(Url, new PoolFailure("subscribe", "no")).Select(finding => (finding.Rule, finding.Verdict))
            .ShouldBe(
            [
                ("resolve", PoolVerdict.Pass), ("address", PoolVerdict.Pass), ("connect", PoolVerdict.Pass),
                ("configure", PoolVerdict.Pass), ("subscribe", PoolVerdict.Fail),
            ]);
        HandshakeRules.Of(PoolUrl.Parse("stratum+ssl://pool.example:3333"), null)
            .ShouldContain(finding => finding.Rule == "tls");
    }
}
