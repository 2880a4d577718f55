using Marketplace.HashrateProxy.Tests.Line;
using Marketplace.Simulators.Pools;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Tests.Contracts;

/// <summary>A share that solves a block goes up whatever else is wrong with it.</summary>
public sealed class BlockTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    /// <summary>About eight thousand hashes.</summary>
    private const uint EasyNetworkBits = 0x1f080000;

    [Fact]
    public async Task A_late_share_that_solves_a_block_goes_up_although_it_is_not_credited()
    {
        var pool = world.NewPool(new PoolSettings
        {
            CoinbaseText = "own",
            NetworkBits = EasyNetworkBits,
            JobIntervalSeconds = 600,
            JobsPerBlock = 0,
            StaleGraceMilliseconds = 600_000,
            Difficulty = Difficulty.Of(500),
            EasiestDifficulty = null,
        });
        var (_, login) = await world.NewRigAsync(pool, Hashrate.FromTerahashes(1));
        using var worker = await RawWorker.JoinAsync(world.StratumPort, $"{login}.one", "d=500");
        var job = worker.Jobs[^1];
        var (block, plain) = (Mine(job, isBlock: true), Mine(job, isBlock: false));

        pool.SendNextJob(isClean: true);
        await worker.NextJobAsync(worker.Jobs.Count);
        (await worker.SubmitAsync(plain)).ShouldBe(StratumError.JobNotFoundCode);
        (await worker.SubmitAsync(block)).ShouldBe(StratumError.JobNotFoundCode);

        await Eventually.TrueAsync(() => pool.Counters().BlocksFound == 1, ProxyWorld.Generous);
        pool.Counters().AcceptedShares.ShouldBe(1);
    }

    /// <summary>One share in four solves a block here.</summary>
    private static RawShare Mine(RawJob job, bool isBlock)
    {
        Span<byte> header = stackalloc byte[BlockHeader.SizeBytes];
        for (var share = job.Mine(); ; share = job.Mine(firstNonce: share.Nonce + 1))
        {
            var hash = job.Work.Hash(
                new Extranonce(job.Extranonce1),
                new Extranonce(share.Extranonce2),
                job.Work.PoolJob.Version,
                share.NTime,
                share.Nonce,
                header);
            if (hash.Meets(job.Work.PoolJob.BlockTarget) == isBlock)
            {
                return share;
            }
        }
    }
}
