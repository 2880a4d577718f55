using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Tests.Line;
using Marketplace.Messages.HashrateProxy;
using Marketplace.Simulators.Pools;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Tests.Attested;

/// <summary>An x11 rig with one machine that a test drives, its owner's pool, and a contract.</summary>
internal sealed class AttestedScene : IDisposable
{
    public static readonly Hashrate Rate = Hashrate.FromTerahashes(1);

    private static readonly Difficulty PoolDifficulty = Difficulty.Of(100);

    private readonly ProxyWorld _world;

    private AttestedScene(ProxyWorld world, RigId rigId, string login, RawWorker worker, SimulatedPool own) =>
        (_world, RigId, Login, Worker, Own) = (world, rigId, login, worker, own);

    /// <summary>What one share at the pools' difficulty is worth.</summary>
    public static Work ShareWork { get; } = Work.Of(PoolDifficulty.ToTarget(Algorithm.X11), Algorithm.X11);

    public RigId RigId { get; }

    public string Login { get; }

    public RawWorker Worker { get; private set; }

    public SimulatedPool Own { get; }

    public DateTimeOffset StartAt { get; private set; }

    public ContractId ContractId { get; private set; }

    /// <summary>A pool that finds a header good when its SHA-256d is even.</summary>
    public static SimulatedPool NewPool(ProxyWorld world, string text, PoolFailures? failures = null) =>
        world.NewPool(new PoolSettings
        {
            CoinbaseText = text,
            Algorithm = Algorithm.X11,
            Attests = hash => hash.IsEven,
            JobIntervalSeconds = 600,
            JobsPerBlock = 0,
            Difficulty = PoolDifficulty,
            EasiestDifficulty = null,
            Failures = failures ?? PoolFailures.None,
        });

    public static async Task<AttestedScene> CreateAsync(ProxyWorld world)
    {
        var own = NewPool(world, "own");
        var (rigId, login) = await world.NewRigAsync(own, Rate, Algorithm.X11);
        var worker = await RawWorker.JoinAsync(world.StratumPort, $"{login}.raw");
        return new AttestedScene(world, rigId, login, worker, own);
    }

    /// <summary>A share of the worker's newest job that the pools find good, or not.</summary>
    public static RawShare Find(RawJob job, bool isGood = true, uint firstNonce = 0)
    {
        var share = new RawShare(job, new byte[job.Extranonce2Bytes], job.NTime, firstNonce, VersionBits: null);
        while (IsEven(share) != isGood)
        {
            share = share with { Nonce = share.Nonce + 1 };
        }

        return share;
    }

    public Task RentAsync(params SimulatedPool[] pools) => RentAsync([.. pools.Select(pool => pool.Url)]);

    public async Task RentAsync(params string[] poolUrls)
    {
        StartAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        ContractId = TypedId.New<ContractId>(TimeProvider.System);
        await SayAsync(StartAt + TimeSpan.FromHours(1), poolUrls);
    }

    public Task SayAsync(DateTimeOffset endAt, params string[] poolUrls) =>
        _world.SayContractAsync(ContractId, RigId, Rate, StartAt, endAt, poolUrls);

    /// <summary>Ends the contract now and waits for its last reading.</summary>
    public async Task<IReadOnlyList<MeterReading>> EndAsync(params string[] poolUrls)
    {
        await SayAsync(TimeProvider.System.GetUtcNow(), poolUrls);
        await Eventually.TrueAsync(
            () => _world.Heard.ReadingsOf(ContractId).Any(reading => reading.IsLast), ProxyWorld.Generous);
        return [.. _world.Heard.ReadingsOf(ContractId).DistinctBy(reading => reading.Sequence)];
    }

    /// <summary>What the share log credits to the contract.</summary>
    public UInt128 InShareLog() => ShareLogReader.Read(_world.NodeDirectory, DateTimeOffset.UnixEpoch)
        .Where(entry => entry.Kind == LogRecordKind.CountedShare)
        .Select(entry => CountedShareRecord.Read(entry.Body))
        .Where(share => share.Stamp.ContractId == ContractId && share.Verdict == ShareVerdict.Accepted)
        .Aggregate(UInt128.Zero, (sum, share) => sum + share.Work.Hashes);

    /// <summary>The machine comes again, after the node was away.</summary>
    public async Task RejoinAsync()
    {
        Worker.Dispose();
        Worker = await RawWorker.JoinAsync(_world.StratumPort, $"{Login}.raw");
    }

    public void Dispose() => Worker.Dispose();

    private static bool IsEven(RawShare share)
    {
        Span<byte> header = stackalloc byte[BlockHeader.SizeBytes];
        return share.Job.Work.Hash(
            new Extranonce(share.Job.Extranonce1), new Extranonce(share.Extranonce2),
            share.Job.Work.PoolJob.Version, share.NTime, share.Nonce, header).ToInteger().IsEven;
    }
}
