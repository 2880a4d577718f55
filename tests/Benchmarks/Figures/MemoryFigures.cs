namespace Marketplace.Benchmarks.Figures;

/// <summary>
/// How much the proxy grows by a worker that has worked for a while. A few work there first, for as long as it takes
/// until everything is compiled and the collector has filled its young generation once: the same for any number of
/// workers, that is no worker's. What the workers hold shows after a collection in both states.
/// </summary>
internal static class MemoryFigures
{
    private const int FirstWorkers = 500;
    private const int FirstJobs = 400;
    private const int Workers = 5_000;
    private const int Jobs = 10;

    private static readonly TimeSpan BetweenFirstJobs = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenJobs = TimeSpan.FromSeconds(2);

    public static void Print()
    {
        using var world = new World(FirstWorkers);
        Work(world, FirstJobs, BetweenFirstJobs);
        var (before, heldBefore) = (world.Node.Usage.ResidentBytes, Collected(world));
        Work(world, FirstJobs, BetweenFirstJobs);
        world.Fleet.LogIn(world.Node.Port, World.Login, Workers - FirstWorkers);
        Work(world, Jobs, BetweenJobs);
        var resident = world.Node.Usage.ResidentBytes;
        Print("memory-per-worker-held", Collected(world) - heldBefore);
        Print("memory-per-worker-grown", resident - before);
        Figure.Print("memory-resident", resident / (1024.0 * 1024), "MB");
    }

    private static void Work(World world, int jobs, TimeSpan betweenJobs)
    {
        for (var job = 0; job < jobs; job++)
        {
            world.OwnPool.SendNewBlock();
            world.Fleet.SubmitShares(world.Fleet.Count, betweenJobs);
        }
    }

    private static long Collected(World world)
    {
        world.Node.Tell("collect");
        world.Node.AwaitDone();
        return world.Node.Usage.ResidentBytes;
    }

    private static void Print(string name, long grownBytes) =>
        Figure.Print(name, grownBytes / 1024.0 / (Workers - FirstWorkers), "kB");
}
