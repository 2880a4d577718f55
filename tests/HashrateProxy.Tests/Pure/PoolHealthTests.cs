using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Tests.Pure;

/// <summary>What a pool shows, and whether it is to be trusted with work.</summary>
public sealed class PoolHealthTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly PoolHealthLimits Limits = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(15));

    private static bool IsWell(int? loggedIn, int line, int? job, int? unanswered)
    {
        var signs = new PoolSigns(Ago(loggedIn), Now - TimeSpan.FromSeconds(line), Ago(job), Ago(unanswered));
        return PoolHealth.AilmentOf(signs, Limits, new AwakeTime(), Now) is null;
    }

    private static DateTimeOffset? Ago(int? seconds) => seconds is { } ago ? Now - TimeSpan.FromSeconds(ago) : null;

    [Theory]
    [InlineData(null, 100, null, null, true)]
    [InlineData(10, 10, null, null, true)]
    [InlineData(16, 1, null, null, false)]
    [InlineData(1_000, 100, 599, null, true)]
    [InlineData(1_000, 1, 601, null, false)]
    [InlineData(1_000, 100, 100, 3, true)]
    [InlineData(1_000, 100, 100, 5, false)]
    [InlineData(1_000, 3, 100, 14, true)]
    [InlineData(1_000, 1, 1, 16, false)]
    public void A_pool_is_as_good_as_gone_when_it_is_silent_or_sends_nothing_new(
        int? loggedInAgo, int lineAgo, int? jobAgo, int? unansweredAgo, bool isWell) =>
        IsWell(loggedInAgo, lineAgo, jobAgo, unansweredAgo).ShouldBe(isWell);

    [Theory]
    [InlineData(5, 5, true)]
    [InlineData(17, 17, false)]
    [InlineData(1, 59, true)]
    [InlineData(1, 61, false)]
    public void A_pool_that_nothing_stands_in_for_is_waited_for_longer(int lineAgo, int unansweredAgo, bool isWell)
    {
        var signs = new PoolSigns(Ago(1_000), Now - TimeSpan.FromSeconds(lineAgo), Ago(100), Ago(unansweredAgo));
        (PoolHealth.AilmentOf(signs, Limits.ForLastResort, new AwakeTime(), Now) is null).ShouldBe(isWell);
    }

    private static PoolJob Job(byte block, bool isClean = false, int coinbaseBytes = 100)
    {
        var previousHash = Convert.ToHexString(Enumerable.Repeat(block, 32).ToArray());
        var halfCoinbase = new string('0', coinbaseBytes);
        var line = $$"""
            {"method":"mining.notify","params":["1","{{previousHash}}",
            "{{halfCoinbase}}","{{halfCoinbase}}",[],"20000000","17056102","6553f100",
            {{(isClean ? "true" : "false")}}]}
            """.ReplaceLineEndings("");
        PoolJob.TryParse(StratumMessage.Parse(System.Text.Encoding.UTF8.GetBytes(line)), out var job, out _)
            .ShouldBeTrue();
        return job!;
    }

    [Fact]
    public void Twelve_needless_clean_jobs_a_minute_are_borne()
    {
        var watch = new JobWatch();
        watch.See(Job(1, isClean: true), Now).ShouldBe((true, null));
        for (var sent = 0; sent < PoolPace.MaxNeedlessCleanJobsPerMinute; sent++)
        {
            watch.See(Job(1, isClean: true), Now).ShouldBe((true, null));
            watch.See(Job(1), Now).ShouldBe((true, null));
        }

        watch.See(Job(1, isClean: true), Now + TimeSpan.FromMinutes(1)).ShouldBe((true, null));
        for (var sent = 1; sent < PoolPace.MaxNeedlessCleanJobsPerMinute; sent++)
        {
            watch.See(Job(1, isClean: true), Now + TimeSpan.FromMinutes(1)).ShouldBe((true, null));
        }

        watch.See(Job(2, isClean: true), Now + TimeSpan.FromMinutes(1)).Complaint.ShouldBeNull();
        watch.See(Job(2, isClean: true), Now + TimeSpan.FromMinutes(1)).Complaint!.Fault.ShouldBe(Fault.Renter);
    }

    [Fact]
    public void Jobs_on_a_block_the_pool_had_left_are_not_taken_and_the_third_in_a_row_is_too_much()
    {
        var watch = new JobWatch();
        watch.See(Job(1), Now);
        watch.See(Job(2), Now);
        watch.See(Job(1), Now).ShouldBe((false, null));
        watch.See(Job(2), Now).ShouldBe((true, null));
        watch.See(Job(1), Now).ShouldBe((false, null));
        watch.See(Job(1), Now).ShouldBe((false, null));
        var (isTaken, complaint) = watch.See(Job(1), Now);
        (isTaken, complaint!.Fault).ShouldBe((false, Fault.Pool));
    }

    [Fact]
    public void A_coinbase_beyond_every_firmware_is_not_taken()
    {
        new JobWatch().See(Job(1, coinbaseBytes: FirmwareLimits.MaxCoinbaseBytes), Now).ShouldBe((true, null));
        var (isTaken, complaint) = new JobWatch().See(Job(1, coinbaseBytes: FirmwareLimits.MaxCoinbaseBytes + 2), Now);
        (isTaken, complaint!.Fault).ShouldBe((false, Fault.Renter));
    }
}
