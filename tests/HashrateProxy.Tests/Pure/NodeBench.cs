using Marketplace.HashrateProxy.Dialing;
using Marketplace.HashrateProxy.Journal;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Tests.ShareLog;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.HashrateProxy.Wire.Sockets;
using Marketplace.Messages.Catalog;
using Marketplace.Messages.HashrateProxy;
using Marketplace.Messages.Ordering;
using Marketplace.ServiceDefaults.Security;
using Marketplace.Stratum;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Tests.Pure;

/// <summary>
/// Routes, meters and the share log of one node on a clock that a test moves; no pools, workers or database.
/// </summary>
internal sealed class NodeBench : IAsyncDisposable
{
    public static readonly DateTimeOffset MidnightAt = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Hashrate Rate = Hashrate.FromTerahashes(7);

    private readonly string _directory = Directory.CreateTempSubdirectory("marketplace-node-").FullName;
    private readonly string _keyDirectory;
    private readonly KeyRing _keys;
    private readonly SocketLoop _loop = new();
    private readonly ShareLogWriter _log;
    private readonly MinuteLoop _minutes;
    private readonly RoutingLoop _routing;

    private NodeBench(string keyDirectory)
    {
        var options = Options.Create(new ProxyOptions { ShareLogDirectory = _directory });
        _keyDirectory = keyDirectory;
        _keys = new KeyRing(keyDirectory);
        _log = new ShareLogWriter(Disk, options, Time, NullLogger<ShareLogWriter>.Instance);
        var journal = new NodeJournal(null!, NullLogger<NodeJournal>.Instance);
        var awake = new AwakeTime();
        var upstreams = new UpstreamFactory(
            new UpstreamServices(
                new PoolDialer(new SystemNameResolver(), new DialPolicy()),
                _loop,
                new LoginThrottle(options, Time),
                awake,
                new ListedPools(options),
                Time,
                options,
                NullLogger<Upstream>.Instance),
            new ProofRecorder(_log));
        Book = new RouteBook(
            new RigRouterFactory(new RouterServices(
                upstreams, journal, Time, options, NullLogger<RigRouter>.Instance)),
            new SecretOpener(_keys));
        _routing = new RoutingLoop(Book, null!, awake, Time);
        _minutes = new MinuteLoop(
            Book, null!, new ReadingSealer(new PayloadSigner(_keys), _log, journal, Time, options), _log, Time);
    }

    public ManualTimeProvider Time { get; } = new(MidnightAt);

    public FillableDisk Disk { get; } = new();

    public RouteBook Book { get; }

    public RigId RigId { get; } = RigId.From(Guid.CreateVersion7(MidnightAt));

    public ContractId ContractId { get; } = ContractId.From(Guid.CreateVersion7(MidnightAt));

    public UInt128 Proved { get; private set; }

    public static async Task<NodeBench> CreateAsync()
    {
        var keys = Directory.CreateTempSubdirectory("marketplace-keys-").FullName;
        await KeyFiles.EnsureAsync(keys, ["proxy.node-1"]);
        return new NodeBench(keys);
    }

    public void SayRig() =>
        Book.Apply(new RigChanged(RigId.Value, Guid.CreateVersion7(), "farm.rig", "sha256d-demo", 1, [], 1));

    public void SayContract(DateTimeOffset startAt, DateTimeOffset endAt, long version) =>
        Book.Apply(new ContractChanged(
        ContractId.Value, Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(),
        RigId.Value, "sha256d-demo",
        Rate.HashesPerSecond, startAt, endAt, [], version), splits: []);

    public static UInt128 Promised(TimeSpan time) => Rate.Over(time).Hashes;

    /// <summary>Moves the clock second by second; a due contract gets a share each second where it is served.</summary>
    public void RunUntil(DateTimeOffset at, bool isServed)
    {
        for (; Time.GetUtcNow() < at; Time.Advance(TimeSpan.FromSeconds(1)))
        {
            var now = Time.GetUtcNow();
            foreach (var rig in Book.Rigs)
            {
                var due = rig.Read((_, routes) => routes.FirstOrDefault(route => route.IsDue(now)));
                if (isServed && due is not null)
                {
                    Record(due);
                }
            }

            _routing.Tick();
            _log.Sync();
            _minutes.CloseMinutes(now);
        }
    }

    /// <summary>The clock goes on, and nothing happens here.</summary>
    public void SleepFor(TimeSpan duration) => Time.Advance(duration);

    /// <summary>The sealed readings in the order of the log.</summary>
    public IReadOnlyList<MeterReading> Readings() =>
    [
        .. ShareLogReader.Read(Path.Combine(_directory, "node-1"), DateTimeOffset.UnixEpoch)
            .Where(entry => entry.Kind == LogRecordKind.SealedReading)
            .Select(entry => MeterReading.FromPayload(SealedReadingRecord.Read(entry.Body).Payload)),
    ];

    public async ValueTask DisposeAsync()
    {
        await Book.DisposeAsync();
        _loop.Dispose();
        _log.Dispose();
        _keys.Dispose();
        Directory.Delete(_directory, recursive: true);
        Directory.Delete(_keyDirectory, recursive: true);
    }

    private void Record(ContractRoute route)
    {
        var work = new Work(Promised(TimeSpan.FromSeconds(1)));
        var share = new JudgedShare
        {
            ContractId = route.Id,
            Verdict = ShareVerdict.Accepted,
            Work = work,
            WorkerName = "farm.rig.one",
            NameNumber = 0,
            Connection = 1,
            Job = 1,
            Submit = default,
            Sent = default,
        };
        Proved += route.Source.Meter.Record(share, _log) is null ? 0 : work.Hashes;
    }
}
