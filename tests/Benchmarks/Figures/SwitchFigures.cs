using Marketplace.Benchmarks.Load;

namespace Marketplace.Benchmarks.Figures;

/// <summary>How soon the last worker of a fleet has what it is to have.</summary>
internal static class SwitchFigures
{
    private const int AllWorkers = 10_000;
    private const int RoutedWorkers = 1_000;
    private const int FirstJobs = 6;
    private const int NewJobs = 15;
    private const int AheadSeconds = 25;

    public static void PrintAll()
    {
        using var world = new World(AllWorkers);
        var late = new List<TimeSpan>();
        for (var job = 0; job < FirstJobs + NewJobs; job++)
        {
            world.Loop.PollFor(TimeSpan.FromMilliseconds(500));
            var sentAt = TimeProvider.System.GetTimestamp();
            world.OwnPool.SendNewBlock();
            world.Loop.PollUntil(() => world.Fleet.AllHave(world.OwnPool.BlockStart), "every worker has the job");
            late.Add(Percentile.Of(world.Fleet.JobsAfter(sentAt), 99));
        }

        // While the first ones are given, what gives them is still compiled anew.
        late.RemoveRange(0, FirstJobs);
        Figure.Print("new-job-to-10000-p99", Percentile.Of(late, 50).TotalMilliseconds, "ms");
        Figure.Print("new-job-to-10000-p99-best", late.Min().TotalMilliseconds, "ms");
        var times = RouteWarm(world);
        Figure.Print("reroute-of-10000", (times.Max() - times.Min()).TotalMilliseconds, "ms");
        Figure.Print("reroute-of-10000-from-command", times.Max().TotalMilliseconds, "ms");
        Figure.Print("reroute-connections-lost", world.Fleet.AllAreConnected ? 0 : 1, "connections");
    }

    public static void PrintRoutes()
    {
        using (var world = new World(RoutedWorkers))
        {
            Figure.Print("route-1000-warm", RouteWarm(world).Max().TotalMilliseconds, "ms");
        }

        using var cold = new World(RoutedWorkers);
        var sentAt = TimeProvider.System.GetTimestamp();
        var pool = cold.NewPool(LoadPool.ForFleet);
        cold.Route(Guid.CreateVersion7(), 1, pool, startsInSeconds: 0);
        cold.Loop.PollUntil(() => cold.Fleet.AllHave(pool.BlockStart), "every worker has the renter's job");
        Figure.Print("route-1000-cold", cold.Fleet.JobsAfter(sentAt).Max().TotalMilliseconds, "ms");
    }

    /// <summary>
    /// The renter's pool is connected when the command comes. How long after it each worker's job came.
    /// </summary>
    private static IReadOnlyList<TimeSpan> RouteWarm(World world)
    {
        var contract = Guid.CreateVersion7();
        var pool = world.NewPool(LoadPool.ForFleet);
        world.Route(contract, 1, pool, AheadSeconds);
        world.Node.AwaitDone();
        world.Loop.PollUntil(() => pool.IsServing, "the renter's pool is connected");
        world.Loop.PollFor(TimeSpan.FromSeconds(1));
        var sentAt = TimeProvider.System.GetTimestamp();
        world.Route(contract, 2, pool, startsInSeconds: 0);
        world.Loop.PollUntil(() => world.Fleet.AllHave(pool.BlockStart), "every worker has the renter's job");
        return world.Fleet.JobsAfter(sentAt);
    }
}
