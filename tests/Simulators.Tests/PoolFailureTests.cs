using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;

namespace Marketplace.Simulators.Tests;

public sealed class PoolFailureTests
{
    private static readonly PoolSettings Easy = new() { CoinbaseText = "pool", Difficulty = Difficulty.Of(2_000) };

    [Fact]
    public async Task A_pool_that_refuses_logins_gives_no_job()
    {
        await using var world = new World(Easy with { Failures = new PoolFailures { RefusesLogins = true } });

        await Soon.IsAsync(() => world.Worker.Counters().FailedHandshakes >= 1, world.Seen);

        world.Worker.Counters().Jobs.ShouldBe(0);
        world.Pool.Counters().RefusedLogins.ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_pool_that_stops_answering_leaves_shares_unanswered()
    {
        await using var world = new World(Easy);
        await world.HasAccepted(5);

        world.Pool.Failures = new PoolFailures { StopsAnswering = true };

        await Soon.IsAsync(() => world.Worker.Counters().UnansweredShares >= 3, world.Seen);
    }

    [Fact]
    public async Task A_pool_that_stops_jobs_still_answers()
    {
        await using var world = new World(Easy with { JobIntervalSeconds = 1 });
        await world.HasAccepted(5);
        world.Pool.Failures = new PoolFailures { StopsJobs = true };
        var jobs = world.Worker.Counters().Jobs;

        await world.HasAccepted(world.Worker.Counters().AcceptedShares + 60);

        world.Worker.Counters().Jobs.ShouldBeInRange(jobs, jobs + 1);
    }

    [Theory]
    [InlineData(RejectForm.Triple)]
    [InlineData(RejectForm.FalseWithReason)]
    [InlineData(RejectForm.Text)]
    [InlineData(RejectForm.CodeAndMessage)]
    [InlineData(RejectForm.TextCode)]
    [InlineData(RejectForm.NegativeCode)]
    public async Task Every_third_share_is_refused_in_words_that_a_miner_can_read(RejectForm form)
    {
        await using var world = new World(
            Easy with { Failures = new PoolFailures { RefusesEveryNthShare = 3, RejectForm = form } });

        await Soon.IsAsync(() => world.Worker.Counters().RejectedShares >= 5, world.Seen);

        world.Worker.Counters().RejectedSharesByReason.Keys.ShouldBe(["Rejected"]);
        var login = world.Pool.Counters().Logins.Single();
        login.RejectedSharesByReason.Keys.ShouldBe(["refused"]);
        login.AcceptedShares.ShouldBeInRange(login.RejectedShares * 2, login.RejectedShares * 2 + 2);
    }

    [Fact]
    public async Task A_worker_comes_back_after_its_pool_dropped_it()
    {
        await using var world = new World(Easy);
        await world.HasAccepted(5);

        await world.Pool.DropConnectionsAsync();
        await Soon.IsAsync(() => world.Worker.Counters().Reconnects == 1, world.Seen);
        await world.HasAccepted(world.Worker.Counters().AcceptedShares + 5);

        world.Worker.Counters().RejectedSharesByReason.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pool_that_drops_everyone_is_tried_again()
    {
        await using var world = new World(Easy with { Failures = new PoolFailures { DropsNewConnections = true } });
        await Soon.IsAsync(() => world.Worker.Counters().Connections >= 2, world.Seen);

        world.Pool.Failures = PoolFailures.None;

        await world.HasAccepted(5);
    }

    [Fact]
    public async Task A_slow_door_opens_in_the_end()
    {
        await using var world = new World(
            Easy with { Failures = new PoolFailures { AcceptDelayMilliseconds = 1_500 } });

        await world.HasAccepted(5);

        world.Worker.Counters().Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_flood_of_clean_jobs_stays_on_one_block()
    {
        await using var world = new World(
            Easy with { Failures = new PoolFailures { CleanJobFloodMilliseconds = 100 } });

        await Soon.IsAsync(() => world.Worker.Counters().CleanJobs >= 20, world.Seen);

        await world.HasAccepted(5);
    }

    [Fact]
    public async Task A_short_extranonce2_is_refused_by_a_farm_that_aggregates()
    {
        await using var world = new World(Easy with { Extranonce2SizeBytes = 2 }, FirmwareProfiles.FarmProxy);

        await Soon.IsAsync(
            () => world.Worker.LastFailure.Contains("2 bytes is too short", StringComparison.Ordinal), world.Seen);

        world.Worker.Counters().FailedHandshakes.ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task An_antminer_does_not_mine_where_version_rolling_is_refused()
    {
        await using var world = new World(Easy with { VersionMask = null }, FirmwareProfiles.Antminer);

        await Soon.IsAsync(() => world.Worker.Counters().FailedHandshakes >= 1, world.Seen);

        world.Worker.Counters().SubmittedShares.ShouldBe(0);
    }

    [Fact]
    public async Task A_job_sent_again_as_it_was_makes_duplicates_of_a_firmware_that_starts_over()
    {
        await using var world = new World(Easy, FirmwareProfiles.Cgminer);
        await world.HasAccepted(5);

        world.Pool.RepeatJob(isClean: true);

        await Soon.IsAsync(
            () => world.Worker.Counters().RejectedSharesByReason.ContainsKey("Duplicate share"), world.Seen);
    }

    [Fact]
    public async Task Shares_of_a_job_that_a_clean_one_replaced_are_stale_without_a_grace()
    {
        await using var world = new World(Easy with { StaleGraceMilliseconds = 0, Difficulty = Difficulty.Of(20) });
        await world.HasAccepted(50);

        await Soon.IsAsync(
            () =>
            {
                world.Pool.SendNextJob(isClean: true);
                return world.Worker.Counters().RejectedShares > 0;
            },
            world.Seen);

        world.Worker.Counters().RejectedSharesByReason.Keys.ShouldBe(["Job not found (=stale)"]);
    }

    private sealed class World : IAsyncDisposable
    {
        private readonly SimulatedFarm _farm = new(TimeProvider.System);

        public World(PoolSettings settings, FirmwareProfile? profile = null)
        {
            Pool = new SimulatedPool(settings, TimeProvider.System);
            Pool.Start();
            Worker = _farm.Add(new WorkerSettings
            {
                Port = Pool.Port,
                Login = "farm.rig",
                Name = "w1",
                Profile = profile ?? FirmwareProfiles.Antminer,
            });
        }

        public SimulatedPool Pool { get; }

        public SimulatedWorker Worker { get; }

        public string Seen() => $"{Worker.Counters()} {Worker.LastFailure} {Pool.Counters()}";

        public Task HasAccepted(long shares) =>
            Soon.IsAsync(() => Worker.Counters().AcceptedShares >= shares, Seen);

        public async ValueTask DisposeAsync()
        {
            await _farm.DisposeAsync();
            await Pool.DisposeAsync();
        }
    }
}
