using Marketplace.HashrateProxy.Downstream;
using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.HashrateProxy.Tests.Line;

/// <summary>
/// Pools that leave less extranonce2 than a worker holds: it is told another one where it obeys, and connects again
/// where it does not.
/// </summary>
public sealed class ShortExtranonceTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private static readonly FirmwareProfile Deaf = FirmwareProfiles.Bitaxe with
    {
        Name = "deaf",
        UserAgent = "deaf/1.0",
        ObeysSetExtranonce = false,
    };

    private SimulatedPool NewPool(string text, int extranonce2Bytes) => world.NewPool(new PoolSettings
    {
        CoinbaseText = text,
        Extranonce2SizeBytes = extranonce2Bytes,
        Difficulty = Difficulty.Of(5_000),
        EasiestDifficulty = null,
        JobIntervalSeconds = 600,
    });

    private SimulatedWorker NewWorker(string login, FirmwareProfile profile) => world.NewFarm().Add(new WorkerSettings
    {
        Port = world.StratumPort,
        Login = login,
        Name = "one",
        Profile = profile,
        Password = "d=5000",
    });

    private static Task AcceptedAsync(SimulatedWorker worker, SimulatedPool pool) => Eventually.TrueAsync(
        () => worker.Counters().HashesFor == pool.CoinbaseText && pool.Counters().AcceptedShares >= 5,
        ProxyWorld.Generous);

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    public async Task Firmware_without_set_extranonce_connects_again_once_and_then_fits(int extranonce2Bytes)
    {
        var own = NewPool($"own-{extranonce2Bytes}", extranonce2Bytes);
        var (_, login) = await world.NewRigAsync(own, Hashrate.FromTerahashes(10));
        var worker = NewWorker(login, FirmwareProfiles.Cgminer);
        await AcceptedAsync(worker, own);
        worker.Counters().Reconnects.ShouldBe(1);
        worker.Counters().RejectedSharesByReason.ShouldBeEmpty();
        own.Counters().RejectedShares.ShouldBe(0);
    }

    [Fact]
    public async Task Firmware_that_takes_set_extranonce_stays_connected()
    {
        var (own, renters) = (NewPool("own-obedient", 8), NewPool("short", 3));
        var (rigId, login) = await world.NewRigAsync(own, Hashrate.FromTerahashes(10));
        var worker = NewWorker(login, FirmwareProfiles.Bitaxe);
        await AcceptedAsync(worker, own);
        await world.RentAsync(rigId, Hashrate.FromTerahashes(1_000), TimeSpan.FromSeconds(1), Long, renters);
        await AcceptedAsync(worker, renters);
        worker.Counters().Reconnects.ShouldBe(0);
        worker.Counters().RejectedSharesByReason.ShouldBeEmpty();
        renters.Counters().RejectedShares.ShouldBe(0);
        own.Counters().RejectedShares.ShouldBe(0);
    }

    [Fact]
    public async Task Firmware_that_says_it_takes_set_extranonce_and_does_not_is_found_out_by_its_shares()
    {
        var (own, renters) = (NewPool("own-deaf", 8), NewPool("short-for-the-deaf", 3));
        var (rigId, login) = await world.NewRigAsync(own, Hashrate.FromTerahashes(10));
        var worker = NewWorker(login, Deaf);
        await AcceptedAsync(worker, own);
        await world.RentAsync(rigId, Hashrate.FromTerahashes(1_000), TimeSpan.FromSeconds(1), Long, renters);
        await AcceptedAsync(worker, renters);
        worker.Counters().Reconnects.ShouldBe(1);
        renters.Counters().RejectedShares.ShouldBe(0);
        var firmwares = world.Services.GetRequiredService<FirmwareBook>();
        firmwares.IgnoresSetExtranonce(Deaf.UserAgent).ShouldBeTrue();
        firmwares.IgnoresSetExtranonce(FirmwareProfiles.Bitaxe.UserAgent).ShouldBeFalse();
    }

    [Fact]
    public async Task A_worker_that_brings_its_session_back_gets_the_place_kept_for_it()
    {
        var own = NewPool("own-raw", 3);
        var (_, login) = await world.NewRigAsync(own, Hashrate.FromTerahashes(10));
        using var before = await RawWorker.ConnectAsync(world.StratumPort);
        var first = (await before.CallAsync("mining.subscribe", "whatsminer/v1.0")).GetProperty("result");
        await before.CallAsync("mining.authorize", $"{login}.one");
        (await before.ReadToEndAsync())[^1].ShouldContain("client.reconnect");

        using var after = await RawWorker.ConnectAsync(world.StratumPort);
        var session = first[0][1][1].GetString()!;
        var second = (await after.CallAsync("mining.subscribe", "whatsminer/v1.0", session)).GetProperty("result");
        second[1].GetString().ShouldBe(first[1].GetString());
        second[2].GetInt32().ShouldBe(2);
        RawWorker.CodeOf(await after.CallAsync("mining.authorize", $"{login}.one")).ShouldBe(0);
        await after.SubscribedAsync(second, $"{login}.one");
        (await after.SubmitAsync(after.Jobs[^1].Mine())).ShouldBe(0);
    }

    [Fact]
    public async Task Where_nothing_fits_a_worker_waits_and_is_not_sent_round_in_circles()
    {
        var own = NewPool("own-tiny", 1);
        var (_, login) = await world.NewRigAsync(own, Hashrate.FromTerahashes(10));
        using var worker = await RawWorker.ConnectAsync(world.StratumPort);
        await worker.SubscribeAsync();
        await worker.CallAsync("mining.authorize", $"{login}.one");
        (await worker.TryReadLineAsync())!.ShouldContain("mining.ping");
    }
}
