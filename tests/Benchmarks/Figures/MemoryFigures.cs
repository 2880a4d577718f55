namespace Marketplace.Benchmarks.Figures;

/// <summary>
/// How much the proxy grows by a worker that has worked for a while. A few work there before: what they make the
/// process compile and keep at hand is no worker's.
/// </summary>
internal static class MemoryFigures
{
    private const int FirstWorkers = 500;
    private const int Workers = 5_000;
    private const int Jobs = 10;

    private static readonly TimeSpan BetweenJobs = TimeSpan.FromSeconds(2);

    public static void Print()
    {
        using var world = new World(FirstWorkers);
        Work(world);
        var (before, liveBefore) = (world.Node.Usage.ResidentBytes, Collected(world));
        world.Fleet.LogIn(world.Node.Port, World.Login, Workers - FirstWorkers);
        Work(world);
        var resident = world.Node.Usage.ResidentBytes;
        Print("memory-per-worker", resident - before);
        Print("memory-per-worker-collected", Collected(world) - liveBefore);
        Figure.Print("memory-resident", resident / (1024.0 * 1024), "MB");
    }

    private static void Work(World world)
    {
        for (var job = 0; job < Jobs; job++)
        {
            world.OwnPool.SendNewBlock();
            world.Fleet.SubmitShares(world.Fleet.Count, BetweenJobs);
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
