namespace Marketplace.Benchmarks.Figures;

/// <summary>How much the proxy grows by a worker that has worked for a while.</summary>
internal static class MemoryFigures
{
    private const int Workers = 5_000;
    private const int SharesPerSecond = 5_000;
    private const int Jobs = 10;

    private static readonly TimeSpan BetweenJobs = TimeSpan.FromSeconds(2);

    public static void Print()
    {
        using var world = new World(Workers);
        for (var job = 0; job < Jobs; job++)
        {
            world.OwnPool.SendNewBlock();
            world.Fleet.SubmitShares(SharesPerSecond, BetweenJobs);
        }

        var grown = world.Node.Usage.ResidentBytes - world.BytesBefore;
        Figure.Print("memory-per-worker", grown / 1024.0 / Workers, "kB");
        world.Node.Tell("collect");
        world.Node.AwaitDone();
        var live = world.Node.Usage.ResidentBytes - world.BytesBefore;
        Figure.Print("memory-per-worker-collected", live / 1024.0 / Workers, "kB");
    }
}
