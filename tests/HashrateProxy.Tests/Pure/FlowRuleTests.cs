using Marketplace.HashrateProxy.Live;
using Marketplace.HashrateProxy.Metering;

namespace Marketplace.HashrateProxy.Tests.Pure;

/// <summary>Whether a contract's work arrives, and who keeps it from arriving.</summary>
public sealed class FlowRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Hashrate Promised = Hashrate.FromTerahashes(1_000);

    /// <summary>The usual pace: 10,000 shares an hour.</summary>
    private static readonly FlowFacts Good = new(
        Age: TimeSpan.FromMinutes(30),
        IsReleased: false,
        PoolFault: null,
        Workers: 10,
        IsAhead: false,
        Promised,
        Reading(TimeSpan.FromMinutes(1), shares: 167, part: 1),
        Reading(TimeSpan.FromMinutes(5), shares: 833, part: 1),
        Silence: TimeSpan.FromMilliseconds(400));

    private static WindowReading Reading(TimeSpan window, int shares, double part)
    {
        var work = new Work((UInt128)((double)Promised.Over(window).Hashes * part));
        return new WindowReading(work, shares, Now - window, Now) { EffectiveShares = shares };
    }

    [Fact]
    public void What_arrives_as_promised_arrives() => FlowRule.Of(Good).ShouldBe((FlowState.Arriving, null));

    [Fact]
    public void Workers_that_leave_are_told_at_once() =>
        FlowRule.Of(Good with { Workers = 0 }).ShouldBe((FlowState.Stopped, Fault.Seller));

    [Fact]
    public void Workers_that_the_contract_needs_no_more_for_now_stop_nothing()
    {
        var ahead = Good with { Workers = 0, IsAhead = true, Silence = TimeSpan.FromMinutes(3) };
        FlowRule.Of(ahead).ShouldBe((FlowState.Arriving, null));
        FlowRule.Of(ahead with { PoolFault = Fault.Pool }).State.ShouldBe(FlowState.Stopped);
        FlowRule.Of(ahead with { Workers = 1 }).ShouldBe((FlowState.Stopped, Fault.Seller));
    }

    [Theory]
    [InlineData((int)Fault.Renter)]
    [InlineData((int)Fault.Pool)]
    [InlineData((int)Fault.Marketplace)]
    public void A_pool_that_does_not_work_is_told_with_its_fault(int fault) =>
        FlowRule.Of(Good with { PoolFault = (Fault)fault, Workers = 0 }).ShouldBe((FlowState.Stopped, (Fault)fault));

    [Fact]
    public void A_silence_that_chance_does_not_explain_is_told_within_fifteen_seconds()
    {
        FlowRule.Of(Good with { Silence = TimeSpan.FromSeconds(9) }).State.ShouldBe(FlowState.Arriving);
        FlowRule.Of(Good with { Silence = TimeSpan.FromSeconds(11) }).ShouldBe((FlowState.Stopped, Fault.Seller));
    }

    [Fact]
    public void A_slow_pace_of_shares_is_given_its_time()
    {
        var slow = Good with
        {
            OneMinute = Reading(TimeSpan.FromMinutes(1), 12, 1),
            FiveMinutes = Reading(TimeSpan.FromMinutes(5), 60, 1),
        };
        FlowRule.Of(slow with { Silence = TimeSpan.FromSeconds(40) }).State.ShouldBe(FlowState.Arriving);
        FlowRule.Of(slow with { Silence = TimeSpan.FromSeconds(47) }).State.ShouldBe(FlowState.Stopped);
        var slowest = slow with { FiveMinutes = Reading(TimeSpan.FromMinutes(5), 1, 1) };
        FlowRule.Of(slowest with { Silence = TimeSpan.FromSeconds(61) }).State.ShouldBe(FlowState.Stopped);
    }

    [Theory]
    [InlineData(167, 0.80, false)]
    [InlineData(134, 0.70, true)]
    [InlineData(100_000, 0.96, false)]
    [InlineData(100_000, 0.94, true)]
    public void Less_than_promised_is_told_when_chance_does_not_explain_it(int shares, double part, bool isReduced) =>
        FlowRule.Of(Good with { OneMinute = Reading(TimeSpan.FromMinutes(1), shares, part) }).State
            .ShouldBe(isReduced ? FlowState.Reduced : FlowState.Arriving);

    [Fact]
    public void A_contract_that_has_just_begun_is_starting()
    {
        var begun = Good with
        {
            Age = TimeSpan.FromSeconds(3),
            Workers = 0,
            PoolFault = Fault.Pool,
            OneMinute = Reading(TimeSpan.FromSeconds(3), 0, 0),
        };
        FlowRule.Of(begun).ShouldBe((FlowState.Starting, null));
        FlowRule.Of(begun with { Age = TimeSpan.FromSeconds(11) }).ShouldBe((FlowState.Stopped, Fault.Pool));
    }

    [Fact]
    public void A_node_that_owes_nothing_stops_nothing() =>
        FlowRule.Of(Good with { Promised = Hashrate.Zero, Workers = 0, PoolFault = Fault.Pool })
            .ShouldBe((FlowState.Arriving, null));

    [Fact]
    public void A_released_contract_is_over_whatever_else() =>
        FlowRule.Of(Good with { IsReleased = true, Workers = 0, PoolFault = Fault.Pool })
            .ShouldBe((FlowState.Over, null));

    [Fact]
    public void Since_when_is_the_moment_it_became_so()
    {
        var watch = new FlowWatch();
        watch.Update(Good, Now);
        watch.Update(Good, Now.AddSeconds(1));
        watch.SinceAt.ShouldBe(Now);
        watch.Update(Good with { Workers = 0 }, Now.AddSeconds(2));
        watch.Update(Good with { Workers = 0 }, Now.AddSeconds(3));
        watch.SinceAt.ShouldBe(Now.AddSeconds(2));
    }
}
