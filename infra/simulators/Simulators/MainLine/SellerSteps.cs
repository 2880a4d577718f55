using System.Globalization;
using Marketplace.Client.Catalog;
using Marketplace.Simulators.Farms;

namespace Marketplace.Simulators.MainLine;

/// <summary>A fleet is connected through the proxy, measured, and offered.</summary>
internal static class SellerSteps
{
    private const string FarmName = "Check farm";
    private const int WholePercent = 100;
    private const int LeastMeasuredPercent = 50;
    private const int MostMeasuredPercent = 150;
    private const int ShortestDurationSeconds = 600;
    private const int LongestDurationSeconds = 86_400;

    public static async Task ConnectAsync(MainLineWorld world, CancellationToken cancellationToken)
    {
        var (options, recorder) = (world.Options, world.Recorder);
        await world.Seller.ArriveAsync(options.Seller, "Demo Seller", "seller", cancellationToken);
        var farm = await FarmAsync(world, cancellationToken);
        var name = "check-" + world.Time.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var rig = await world.Seller.Catalog.CreateRigAsync(
            farm.Id, new CreateRig(name, Algorithm.Sha256dDemo.Name, options.Nameplate), cancellationToken);
        world.Rig = await world.Seller.Catalog.SetDefaultPoolsAsync(
            rig.Id, new SetDefaultPools([new Pool(world.SellerPool.Url, "seller.main", "x")]), cancellationToken);
        recorder.Note("Stratum login", world.Rig.Login);

        foreach (var number in Enumerable.Range(0, options.WorkerCount))
        {
            world.Farm.Add(Worker(options, world.Rig.Login, number));
        }

        await world.Wait.UntilAsync(
            () => world.Farm.Counters().All(worker => worker.HashesFor == world.SellerPool.CoinbaseText),
            () => Fleet(world),
            "every worker hashes for the seller's own pool through the proxy",
            options.Limits.Connect,
            cancellationToken);
        recorder.Equal("workers on the seller's pool", world.Farm.Workers.Count, options.WorkerCount);

        // A rig that was registered a moment ago may be unknown to the proxy at a worker's first try.
        world.ConnectionsAtStart = world.Farm.Counters().Sum(worker => worker.Connections);
    }

    public static async Task MeasureAsync(MainLineWorld world, CancellationToken cancellationToken)
    {
        var rig = await world.Wait.ForAsync(
            cancellation => world.Seller.Catalog.GetRigAsync(world.Rig!.Id, cancellation),
            rig => Percent(world, rig) is >= LeastMeasuredPercent and <= MostMeasuredPercent,
            rig => $"{rig.Measured?.Hashrate.ToString() ?? "nothing"}, {Percent(world, rig)} %",
            $"the rig's measured hashrate is {LeastMeasuredPercent} to {MostMeasuredPercent} % of what is hashed",
            world.Options.Limits.MeasuredHashrate,
            cancellationToken);
        var window = rig.Measured!.WindowEndAt - rig.Measured.WindowStartAt;
        world.Recorder.Note(
            $"measured over {window.TotalSeconds:0} s",
            $"{rig.Measured.Hashrate}, {Percent(world, rig)} % of what is really hashed");
        Accepted(world);
    }

    public static async Task OfferAsync(MainLineWorld world, CancellationToken cancellationToken)
    {
        var options = world.Options;
        world.Listing = await world.Seller.Catalog.PublishListingAsync(
            new PublishListing(
                world.Rig!.Id,
                "Check: simulated hashrate",
                options.Offered,
                options.PriceMicrosPerUnitDay,
                Currency.Usd,
                ShortestDurationSeconds,
                LongestDurationSeconds),
            cancellationToken);
        world.Recorder.Equal("offered hashrate", world.Listing.OfferedHashrate, options.Offered);
        world.Recorder.Equal("labelled as simulated", world.Listing.IsSimulated, true);
    }

    public static string Fleet(MainLineWorld world) => string.Join(", ", world.Farm.Workers.Select(worker =>
    {
        var hashesFor = worker.Counters().HashesFor;
        return $"{worker.Name}: {(hashesFor.Length > 0 ? hashesFor : worker.LastFailure)}";
    }));

    /// <summary>What must hold at any time: nothing rejected anywhere, nobody reconnected.</summary>
    public static void Accepted(MainLineWorld world)
    {
        var workers = world.Farm.Counters();
        var (accepted, rejected) = (workers.Sum(one => one.AcceptedShares), workers.Sum(one => one.RejectedShares));
        var reasons = workers.SelectMany(worker => worker.RejectedSharesByReason)
            .GroupBy(reason => reason.Key)
            .Select(reason => $"; {reason.Key}: {reason.Sum(one => one.Value)}");
        world.Recorder.Add(
            "workers' shares",
            $"{accepted} accepted, {rejected} rejected{string.Concat(reasons)}",
            "some accepted, 0 rejected",
            accepted > 0 && rejected == 0);
        world.Recorder.Equal("reconnects", world.Reconnects, 0L);
        foreach (var pool in new[] { world.SellerPool, world.RenterPool, world.BackupPool })
        {
            var counters = pool.Counters();
            world.Recorder.Add(
                $"at {pool.CoinbaseText}",
                $"{counters.AcceptedShares} accepted, {counters.RejectedShares} rejected"
                    + string.Concat(counters.Logins.SelectMany(login => login.RejectedSharesByReason)
                        .Select(reason => $"; {reason.Key}: {reason.Value}")),
                "0 rejected",
                counters.RejectedShares == 0);
        }
    }

    private static async Task<Farm> FarmAsync(MainLineWorld world, CancellationToken cancellationToken)
    {
        var farms = await world.Seller.Catalog.GetFarmsAsync(cancellationToken);
        return farms.FirstOrDefault(farm => farm.Name == FarmName)
            ?? await world.Seller.Catalog.CreateFarmAsync(
                new CreateFarm(FarmName, "Simulated", "none", ElectricityPriceMicrosPerKwh: null), cancellationToken);
    }

    private static WorkerSettings Worker(MainLineOptions options, string login, int number) => new()
    {
        Host = options.Stratum[number % options.Stratum.Count].Host,
        Port = options.Stratum[number % options.Stratum.Count].Port,
        Login = login,
        Name = string.Create(CultureInfo.InvariantCulture, $"w{number + 1}"),
        Profile = options.Machines[number % options.Machines.Count],
        HashesPerSecond = options.WorkerHashesPerSecond,
    };

    /// <summary>What is measured of what is really hashed, both counted as the demo algorithm counts.</summary>
    private static int Percent(MainLineWorld world, Rig rig)
    {
        var hashed = (UInt128)world.Options.WorkerHashesPerSecond * (UInt128)world.Options.WorkerCount;
        var counted = hashed << Algorithm.Sha256dDemo.WorkScaleBits;
        return (int)((rig.Measured?.Hashrate.HashesPerSecond ?? 0) * WholePercent / counted);
    }
}
