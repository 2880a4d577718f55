namespace Marketplace.HashrateProxy.Tests.Contracts;

/// <summary>A pool that seems silent, and what becomes of those who hash for it meanwhile.</summary>
public sealed class SilentPoolTests
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(new ProxyOptions().PoolSilenceSeconds);
    private static readonly TimeSpan SilenceOfLastResort = 4 * Silence;
    private static readonly TimeSpan FailoverLimit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_silent_pool_that_another_stands_in_for_is_left_within_five_seconds()
    {
        await using var bench = new DestinationBench(isLastResort: false);
        await bench.FallSilentAsync();
        bench.BeatFor(Silence);
        bench.First.IsReady.ShouldBeTrue();
        bench.BeatFor(FailoverLimit - Silence - TimeSpan.FromMilliseconds(250));
        await Eventually.TrueAsync(() => !bench.Destination.IsReady, ProxyWorld.Generous);
    }

    [Fact]
    public async Task A_node_that_sleeps_for_longer_than_a_pool_may_be_silent_leaves_it_where_it_is()
    {
        await using var bench = new DestinationBench(isLastResort: false);
        await bench.FallSilentAsync();
        bench.BeatFor(Silence / 2);
        bench.SleepFor(10 * Silence);
        bench.BeatFor(Silence / 4);
        bench.First.IsReady.ShouldBeTrue();
        bench.Pool.Counters().Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_silent_pool_that_nothing_stands_in_for_keeps_its_workers_until_another_connection_is_ready()
    {
        await using var bench = new DestinationBench(isLastResort: true);
        await bench.FallSilentAsync();
        bench.BeatFor(SilenceOfLastResort);
        bench.Destination.Upstreams.Count.ShouldBe(1);

        var (suspected, job) = (bench.First, bench.First.CurrentJob);
        bench.BeatFor(TimeSpan.FromSeconds(1));
        bench.Destination.Upstreams.Count.ShouldBe(2);
        var relief = bench.Destination.Upstreams[1];
        (suspected.IsReady, suspected.CurrentJob).ShouldBe((true, job));
        await Eventually.TrueAsync(() => relief.IsReady, ProxyWorld.Generous);

        bench.BeatFor(TimeSpan.FromSeconds(1));
        bench.Destination.Upstreams.ShouldBe([relief]);
        suspected.IsReady.ShouldBeTrue();
        bench.Pool.Counters().OpenConnections.ShouldBe(2);
    }

    [Fact]
    public async Task A_pool_that_nothing_stands_in_for_is_gone_when_it_has_closed_the_connection()
    {
        await using var bench = new DestinationBench(isLastResort: true);
        await bench.FallSilentAsync();
        bench.BeatFor(Silence);
        await bench.Pool.DropConnectionsAsync();
        await Eventually.TrueAsync(() => !bench.Destination.IsReady, ProxyWorld.Generous);
        bench.BeatFor(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => bench.Destination.IsReady, ProxyWorld.Generous);
        bench.Destination.Upstreams.Count.ShouldBe(1);
    }
}
