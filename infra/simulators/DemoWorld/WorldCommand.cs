using System.CommandLine;
using Marketplace.Simulators.Farms;
using Marketplace.Simulators.MainLine;
using Marketplace.Simulators.Pools;

namespace Marketplace.DemoWorld;

/// <summary><c>world</c>: pools, a farm and people, until it is cancelled.</summary>
internal static class WorldCommand
{
    private static readonly Option<bool> Demo = new("--demo")
    {
        Description = "Keeps a contract of the demo renter running.",
    };

    private static readonly Option<int> SellerPoolPort = Port("--seller-pool-port", 13331, "The seller's own pool.");
    private static readonly Option<int> RenterPoolPort = Port("--renter-pool-port", 13332, "The renter's pool.");
    private static readonly Option<int> StatusPort = Port("--status-port", 13330, "What was counted, as JSON.");

    public static Command Create()
    {
        var people = new PeopleOptions();
        var command = new Command("world", "Runs simulated pools and a simulated farm for demo people.")
        {
            Demo,
            SellerPoolPort,
            RenterPoolPort,
            StatusPort,
        };
        people.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, people, cancellationToken));
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, PeopleOptions people, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var surroundings = Surroundings.FromEnvironment();
        await Health.WaitAsync(surroundings.Roots, time, cancellationToken);
        await using var sellerPool = Pool(DemoPools.Sellers(parsed.GetRequiredValue(SellerPoolPort)));
        await using var renterPool = Pool(DemoPools.Renters(parsed.GetRequiredValue(RenterPoolPort)));
        await using var farm = new SimulatedFarm(time);

        using var seller = new Person(surroundings.Address, time);
        using var renter = new Person(surroundings.Address, time);
        await seller.ArriveAsync(people.Seller(parsed), "Demo Seller", "seller", cancellationToken);
        await renter.ArriveAsync(people.Renter(parsed), "Demo Renter", "renter", cancellationToken);
        var offer = await DemoSeller.OfferAsync(seller.Catalog, sellerPool.Url, cancellationToken);
        DemoFleet.PlugIn(farm, surroundings, offer.Rig.Login);
        Console.WriteLine($"""
            farm of {farm.Workers.Count} workers as {offer.Rig.Login}, simulated
            seller's pool {sellerPool.Url}, renter's pool {renterPool.Url}
            """);

        await using var status = StatusEndpoint.Start(
            parsed.GetRequiredValue(StatusPort), [sellerPool, renterPool], farm);
        if (parsed.GetValue(Demo))
        {
            await DemoRenter.KeepContractAsync(renter, offer.Listing, renterPool.Url, time, cancellationToken);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken)
            .ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static SimulatedPool Pool(PoolSettings settings)
    {
        var pool = new SimulatedPool(settings, TimeProvider.System);
        pool.Start();
        return pool;
    }

    private static Option<int> Port(string name, int port, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => port };
}
