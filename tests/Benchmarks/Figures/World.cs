using Marketplace.Benchmarks.Load;
using Marketplace.Benchmarks.Node;

namespace Marketplace.Benchmarks.Figures;

/// <summary>A fresh proxy with one rig, the owner's pool and a fleet of that rig.</summary>
internal sealed class World : IDisposable
{
    public const string Login = "farm.rig";

    private static readonly UInt128 HashesPerSecond = 1_000_000_000_000_000;

    private readonly List<LoadPool> _pools = [];
    private readonly Guid _rig = Guid.CreateVersion7();

    public World(int workers)
    {
        OwnPool = NewPool(LoadPool.Easiest);
        Node.Tell($"rig {_rig} {Login} {HashesPerSecond} {OwnPool.Url}");
        Node.AwaitDone();
        Loop.PollUntil(() => OwnPool.IsServing, "the owner's pool is connected");
        Fleet = new LoadFleet(Loop);
        Fleet.LogIn(Node.Port, Login, workers);
    }

    public LoadLoop Loop { get; } = new();

    public NodeProcess Node { get; } = new();

    public LoadPool OwnPool { get; }

    public LoadFleet Fleet { get; }

    public LoadPool NewPool(string difficulty)
    {
        var pool = new LoadPool(Loop, _pools.Count + 1, difficulty);
        _pools.Add(pool);
        return pool;
    }

    /// <summary>Says a contract over the whole rig; a version after the first says it anew.</summary>
    public void Route(Guid contract, int version, LoadPool pool, int startsInSeconds) => Node.Tell(
        $"contract {contract} {_rig} {version} {HashesPerSecond} {startsInSeconds} {pool.Url}");

    public void Dispose()
    {
        Fleet.Dispose();
        _pools.ForEach(pool => pool.Dispose());
        Node.Dispose();
        Loop.Dispose();
    }
}
