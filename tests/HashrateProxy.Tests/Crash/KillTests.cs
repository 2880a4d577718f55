using System.Globalization;
using System.Text.Json;
using Marketplace.HashrateProxy.Heads;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.HashrateProxy.Tests.ShareLog;
using Marketplace.Messages;
using Marketplace.Messages.Catalog;
using Marketplace.Messages.HashrateProxy;
using Marketplace.Messages.Ordering;
using Marketplace.ServiceDefaults.Security;
using Marketplace.Simulators.Pools;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.HashrateProxy.Tests.Crash;

/// <summary>
/// The process is killed under load, again and again, at points nobody chose. What a worker was told is true stays
/// true, nothing is counted twice, and the books and the log say the same.
/// </summary>
public sealed class KillTests
{
    private const int Senders = 6;
    private const int MostSharesInALife = 120;
    private static readonly int Lives = Environment.GetEnvironmentVariable("MARKETPLACE_FULL") == "1" ? 100 : 20;
    private static readonly Hashrate Rate = Hashrate.FromTerahashes(10_000);
    private static readonly TimeSpan LifeLimit = TimeSpan.FromSeconds(60);

    /// <summary>A minute that may have just begun, and what comes after it before it is closed.</summary>
    private static readonly TimeSpan HeadLimit = HeadLoop.CloseAfter + TimeSpan.FromMinutes(2);

    private static readonly int Seed =
        int.TryParse(Environment.GetEnvironmentVariable("MARKETPLACE_SEED"), CultureInfo.InvariantCulture, out var seed)
        ? seed
        : Random.Shared.Next();

    private readonly RigId _rig = TypedId.New<RigId>(TimeProvider.System);
    private readonly ContractId _contract = TypedId.New<ContractId>(TimeProvider.System);
    private readonly OrganisationId _seller = TypedId.New<OrganisationId>(TimeProvider.System);
    private readonly OrganisationId _renter = TypedId.New<OrganisationId>(TimeProvider.System);

    private Algorithm _algorithm = Algorithm.Sha256dDemo;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public Task No_share_answered_true_is_lost_none_counts_twice_and_the_readings_are_the_log() =>
        RunAsync(Algorithm.Sha256dDemo, Lives);

    [Fact]
    public Task What_only_pools_attest_is_neither_lost_nor_counted_twice_when_it_was_answered_true() =>
        RunAsync(Algorithm.X11, Lives / 2);

    private async Task RunAsync(Algorithm algorithm, int rounds)
    {
        TestContext.Current.SendDiagnosticMessage($"seed {Seed}, {rounds} rounds");
        _algorithm = algorithm;
        var random = new Random(Seed);
        await using var own = NewPool("own");
        await using var renters = NewPool("renters");
        await using var proxy = new ProxyProcess();
        await proxy.PrepareAsync();
        var startAt = TimeProvider.System.GetUtcNow();
        await KnowAsync(proxy, own, Contract(proxy, renters, startAt, startAt.AddDays(1), version: 1));

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var senders = Enumerable.Range(1, Senders)
            .Select(number => new ShareSender(proxy.StratumPort, $"farm.rig.w{number}")).ToList();
        var sending = senders.ConvertAll(sender => Task.Run(() => sender.RunAsync(stop.Token), Cancelled));
        for (var round = 1; round <= rounds; round++)
        {
            await proxy.StartAsync();
            var wanted = senders.Sum(sender => sender.Count) + random.Next(MostSharesInALife);
            await Eventually.TrueAsync(
                () => senders.Sum(sender => sender.Count) >= wanted, LifeLimit, $"round {round} of seed {Seed}");
            await proxy.KillAsync();
        }

        await stop.CancelAsync();
        await Task.WhenAll(sending);
        await EndAsync(proxy, Contract(proxy, renters, startAt, TimeProvider.System.GetUtcNow(), version: 2));
        await proxy.StartAsync();
        var readings = await ReadingsAsync(proxy);

        var logged = ProvedShare.AcceptedIn(proxy.NodeDirectory);
        var headers = logged.ConvertAll(share => share.Header);
        headers.ShouldBeUnique($"seed {Seed}: a header was credited twice");
        senders.SelectMany(sender => sender.AnsweredTrue).Except(headers).ShouldBeEmpty(
            $"seed {Seed}: a share that was answered true is not in the log");
        var proved = logged.Where(share => share.ContractId == _contract)
            .Aggregate(UInt128.Zero, (sum, share) => sum + share.Work.Hashes);
        proved.ShouldBeGreaterThan(UInt128.Zero);
        readings.Aggregate(UInt128.Zero, (sum, reading) => sum + reading.AcceptedHashes).ShouldBe(
            proved, $"seed {Seed}: the readings are not the log");
        readings.Select(reading => reading.Sequence).ShouldBe(
            Enumerable.Range(1, readings.Count).Select(number => (long)number));
        readings.Select(reading => reading.MinuteAt).ShouldBeUnique();
        await ShouldBeCertifiedAsync(proxy, readings);
        own.Counters().RejectedShares.ShouldBe(0);
        renters.Counters().RejectedShares.ShouldBe(0);
        TestContext.Current.SendDiagnosticMessage(
            $"{headers.Count} shares in the log, {readings.Count} readings, {renters.Counters().AcceptedShares} above");
    }

    /// <summary>
    /// Heads that were closed over all these lives form one chain, and the renter can prove what they say: share by
    /// share, against the heads that were kept and the node's key.
    /// </summary>
    private async Task ShouldBeCertifiedAsync(ProxyProcess proxy, List<MeterReading> readings)
    {
        var renter = proxy.ClientOf(_renter, "renter");
        var kept = new KeptHeads();
        List<MinuteHead> heads = [];
        await Eventually.TrueAsync(
            async () =>
            {
                var page = await renter.ContractHeadsAsync(_contract, after: null, Cancelled);
                heads = [.. page.Heads.Select(one => Keep(kept, one.Text).ToHead())];
                return heads.Sum(head => head.Verdicts[ShareVerdict.Accepted].Shares) > 0;
            },
            HeadLimit,
            "the first minute with a share is closed");
        foreach (var head in heads)
        {
            head.Verdicts[ShareVerdict.Accepted].Work.Hashes.ShouldBe(
                readings.Where(reading => reading.MinuteAt == head.MinuteAt).Select(reading => reading.AcceptedHashes)
                    .FirstOrDefault(),
                $"seed {Seed}: the head of {head.MinuteAt:u} is not its reading");
        }

        foreach (var mode in _algorithm.IsPoolAttested ? ["complete"] : new[] { "complete", "compact" })
        {
            await using var file = await renter.CertificateAsync(_contract, mode, Cancelled);
            using var key = new NodeKey(
                "node-1", new PayloadVerifier(proxy.Keys).PublicKeyOf("proxy.node-1")).ToKey();
            var report = CertificateVerifier.Verify(
                file, new VerificationOptions { KeptHeads = kept, PinnedKeys = [key] }, null, Cancelled);
            report.Findings.Listed.Where(finding => finding.IsFailure).ShouldBeEmpty($"seed {Seed}, {mode}");
            report.Findings.Counts.Keys.ShouldNotContain(FindingKind.KeyNotPinned);
        }
    }

    private static SignedHead Keep(KeptHeads kept, string text)
    {
        SignedHead.TryParse(text, out var head).ShouldBeTrue();
        kept.Add(head!);
        return head!;
    }

    private SimulatedPool NewPool(string text)
    {
        var pool = new SimulatedPool(
            new PoolSettings
            {
                CoinbaseText = text,
                Algorithm = _algorithm,
                JobsPerBlock = 0,
                JobIntervalSeconds = 600,
                Difficulty = Difficulty.Of(10_000),
                EasiestDifficulty = null,
            },
            TimeProvider.System);
        pool.Start();
        return pool;
    }

    private static PoolAddress AddressOf(ProxyProcess proxy, SimulatedPool pool) => new(
        Guid.CreateVersion7(), pool.Url, "account.worker", new SecretSealer(proxy.Keys).Seal("x"), Priority: 0);

    private ContractChanged Contract(
        ProxyProcess proxy, SimulatedPool pool, DateTimeOffset startAt, DateTimeOffset endAt, long version) => new(
        _contract.Value, Guid.CreateVersion7(), _renter.Value, _seller.Value, _rig.Value, _algorithm.Name,
        Rate.HashesPerSecond, startAt, endAt, [AddressOf(proxy, pool)], version);

    private async Task KnowAsync(ProxyProcess proxy, SimulatedPool own, ContractChanged contract)
    {
        await using var db = proxy.OpenDatabase();
        var rig = new RigChanged(
            _rig.Value, _seller.Value, "farm.rig", _algorithm.Name, Hashrate.FromTerahashes(100).HashesPerSecond,
            [AddressOf(proxy, own)], 1);
        db.Rigs.Add(
            new StoredRig { Id = _rig, SellerId = _seller, Desired = JsonSerializer.Serialize(rig), Version = 1 });
        db.Routes.Add(new StoredRoute
        {
            ContractId = _contract,
            RenterId = _renter,
            SellerId = _seller,
            Desired = JsonSerializer.Serialize(contract),
            Version = contract.Version,
        });
        await db.SaveChangesAsync(Cancelled);
    }

    private static async Task EndAsync(ProxyProcess proxy, ContractChanged ended)
    {
        await using var db = proxy.OpenDatabase();
        var route = await db.Routes.SingleAsync(Cancelled);
        (route.Desired, route.Version) = (JsonSerializer.Serialize(ended), ended.Version);
        await db.SaveChangesAsync(Cancelled);
    }

    /// <summary>What the node has told of the contract when it says that nothing more will come.</summary>
    private static async Task<List<MeterReading>> ReadingsAsync(ProxyProcess proxy)
    {
        await using var db = proxy.OpenDatabase();
        await Eventually.TrueAsync(
            () => db.NodeRoutes.AnyAsync(route => route.ReleasedAt != null, Cancelled), LifeLimit, proxy.ConsoleTail());
        var stored = await db.Readings.AsNoTracking().OrderBy(reading => reading.Sequence).ToListAsync(Cancelled);
        return stored.ConvertAll(reading => MeterReading.FromPayload(reading.Payload));
    }
}
