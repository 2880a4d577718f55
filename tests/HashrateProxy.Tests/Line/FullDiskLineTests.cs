using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Tests.ShareLog;
using Marketplace.Simulators.Pools;
using Marketplace.Stratum;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.HashrateProxy.Tests.Line;

/// <summary>What a worker hears while the node's disk is full.</summary>
public sealed class FullDiskLineTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    [Fact]
    public async Task A_share_that_cannot_be_kept_is_not_answered_true_and_the_worker_stays()
    {
        var own = world.NewPool(new PoolSettings
        {
            CoinbaseText = "own",
            JobIntervalSeconds = 600,
            Difficulty = Difficulty.Of(1_000),
            EasiestDifficulty = null,
        });
        var (_, login) = await world.NewRigAsync(own, Hashrate.FromTerahashes(100));
        using var worker = await RawWorker.JoinAsync(world.StratumPort, $"{login}.raw");
        var first = worker.Jobs[^1].Mine();
        (await worker.SubmitAsync(first)).ShouldBe(0);

        world.Disk.RoomBytes = 0;
        var second = worker.Jobs[^1].Mine(firstNonce: first.Nonce + 1);
        (await worker.SubmitAsync(second)).ShouldBe(StratumError.NotRecorded.Code);
        (await worker.SubmitAsync(worker.Jobs[^1].Mine(misses: true))).ShouldBe(StratumError.LowDifficultyCode);

        world.Disk.RoomBytes = long.MaxValue;
        var log = world.Services.GetRequiredService<ShareLogWriter>();
        await Eventually.TrueAsync(() => !log.IsFull, ProxyWorld.Generous);
        (await worker.SubmitAsync(second)).ShouldBe(0);
        (await worker.SubmitAsync(second)).ShouldBe(StratumError.DuplicateCode);
        (await worker.SubmitAsync(worker.Jobs[^1].Mine(firstNonce: second.Nonce + 1))).ShouldBe(0);

        await Eventually.TrueAsync(() => own.Counters().AcceptedShares == 3, ProxyWorld.Generous);
        own.Counters().RejectedShares.ShouldBe(0);
        log.Sync();
        ProvedShare.AcceptedIn(world.NodeDirectory).Count.ShouldBe(3);
    }
}
