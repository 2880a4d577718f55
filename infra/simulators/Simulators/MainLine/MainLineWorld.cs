using Marketplace.Client.Billing;
using Marketplace.Client.Catalog;
using Marketplace.Client.Ordering;
using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;

namespace Marketplace.Simulators.MainLine;

/// <summary>The people, pools and machines of one run, and what the steps have made so far.</summary>
internal sealed class MainLineWorld : IAsyncDisposable
{
    private const int PoolJobSeconds = 60;

    public MainLineWorld(MainLineOptions options, TimeProvider time, Action<MainLineStep> finished)
    {
        (Options, Time) = (options, time);
        (Recorder, Wait) = (new StepRecorder(time, finished), new Wait(time));
        (Seller, Renter) = (new Person(options.Address, time), new Person(options.Address, time));
        Finance = new Person(options.Address, time);
        SellerPool = new SimulatedPool(Layout("check-seller-pool", 4, 4, Difficulty.Of(40_000)), time);
        RenterPool = new SimulatedPool(Layout("check-renter-pool", 4, 8, Difficulty.Of(30_000)), time);
        BackupPool = new SimulatedPool(Layout("check-backup-pool", 7, 6, Difficulty.Of(30_000)), time);
        Farm = new SimulatedFarm(time);
    }

    public MainLineOptions Options { get; }

    public TimeProvider Time { get; }

    public StepRecorder Recorder { get; }

    public Wait Wait { get; }

    public Person Seller { get; }

    public Person Renter { get; }

    public Person Finance { get; }

    public SimulatedPool SellerPool { get; }

    public SimulatedPool RenterPool { get; }

    public SimulatedPool BackupPool { get; }

    public SimulatedFarm Farm { get; }

    public Rig? Rig { get; set; }

    public Listing? Listing { get; set; }

    public Quote? Quote { get; set; }

    public Order? Order { get; set; }

    public DateTimeOffset PaidAt { get; set; }

    /// <summary>Connections the fleet had made when every worker first hashed.</summary>
    public long ConnectionsAtStart { get; set; }

    /// <summary>Connections the fleet had to make since then: none, whatever it was switched to.</summary>
    public long Reconnects => Farm.Counters().Sum(worker => worker.Connections) - ConnectionsAtStart;

    public TimeSpan? PaidToFirstJob { get; set; }

    public TimeSpan? PaidToFirstAcceptedShare { get; set; }

    public TimeSpan? CancelledToReturned { get; set; }

    /// <summary>Null until it is settled.</summary>
    public Contract? Contract { get; set; }

    public ContractSettlement? Settlement { get; set; }

    public ContractId ContractId => Order!.ContractId;

    /// <summary>What the workers did for a pool, by the coinbases they hashed.</summary>
    public IEnumerable<CoinbaseCounters> ByPool(SimulatedPool pool) => Farm.Counters()
        .Select(worker => worker.ByCoinbase.GetValueOrDefault(pool.CoinbaseText))
        .OfType<CoinbaseCounters>();

    public async ValueTask DisposeAsync()
    {
        await Farm.DisposeAsync();
        await SellerPool.DisposeAsync();
        await RenterPool.DisposeAsync();
        await BackupPool.DisposeAsync();
        Seller.Dispose();
        Renter.Dispose();
        Finance.Dispose();
    }

    /// <summary>The block never changes during a run, so that every rejected share is somebody's mistake.</summary>
    private static PoolSettings Layout(
        string text, int extranonce1SizeBytes, int extranonce2SizeBytes, Difficulty difficulty) => new()
    {
        CoinbaseText = text,
        Extranonce1SizeBytes = extranonce1SizeBytes,
        Extranonce2SizeBytes = extranonce2SizeBytes,
        Difficulty = difficulty,
        EasiestDifficulty = difficulty,
        JobIntervalSeconds = PoolJobSeconds,
        JobsPerBlock = 0,
    };
}
