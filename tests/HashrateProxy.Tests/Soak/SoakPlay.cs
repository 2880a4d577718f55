using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests.Soak;

/// <summary>What happens to a floor, one thing every second, all of it from one seed.</summary>
internal sealed class SoakPlay(ProxyWorld world, SoakFloor floor, int seed)
{
    private const int MaxOpenContracts = 6;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Random _random = new(seed);
    private readonly List<Rented> _contracts = [];

    public IReadOnlyList<ContractId> Contracts => [.. _contracts.Select(rented => rented.Id)];

    public async Task RunAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        var endAt = TimeProvider.System.GetUtcNow() + length;
        using var beat = new PeriodicTimer(Beat);
        while (TimeProvider.System.GetUtcNow() < endAt && await beat.WaitForNextTickAsync(cancellationToken))
        {
            await StepAsync();
        }

        foreach (var pool in floor.Pools)
        {
            pool.Failures = pool.Failures with { StopsAnswering = false, DropsNewConnections = false };
        }

        foreach (var rented in Open().ToList())
        {
            await CancelAsync(rented);
        }
    }

    private Task StepAsync() => _random.Next(10) switch
    {
        < 3 => RentAsync(),
        3 => Open().ToList() is { Count: > 0 } open ? CancelAsync(Any(open)) : RentAsync(),
        4 => Any(floor.Pools).DropConnectionsAsync(),
        5 => Any(floor.Workers).DisconnectAsync(),
        6 => FailAsync(pool => pool with { StopsAnswering = !pool.StopsAnswering }),
        7 => FailAsync(pool => pool with { DropsNewConnections = !pool.DropsNewConnections }),
        8 => SendAsync(pool => pool.SendNextJob(isClean: true)),
        _ => SendAsync(pool => pool.RepeatJob(isClean: true)),
    };

    private async Task RentAsync()
    {
        if (Open().Count() >= MaxOpenContracts)
        {
            return;
        }

        var startAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        var pools = floor.Pools.OrderBy(_ => _random.Next()).Take(_random.Next(1, 4)).ToArray();
        var rented = new Rented(
            TypedId.New<ContractId>(TimeProvider.System),
            Any(floor.Rigs),
            Hashrate.FromTerahashes((ulong)_random.Next(30, 200)),
            startAt,
            startAt + TimeSpan.FromSeconds(_random.Next(4, 25)),
            pools);
        _contracts.Add(rented);
        await SayAsync(rented);
    }

    private async Task CancelAsync(Rented rented)
    {
        var cancelled = rented with { EndAt = Later(rented.StartAt, TimeProvider.System.GetUtcNow()) };
        _contracts[_contracts.IndexOf(rented)] = cancelled;
        await SayAsync(cancelled);
    }

    private Task SayAsync(Rented rented) => world.SayContractAsync(
        rented.Id, rented.RigId, rented.Hashrate, rented.StartAt, rented.EndAt, rented.Pools);

    private Task FailAsync(Func<PoolFailures, PoolFailures> change) => SendAsync(
        pool => pool.Failures = change(pool.Failures));

    private Task SendAsync(Action<SimulatedPool> send)
    {
        send(Any(floor.Pools));
        return Task.CompletedTask;
    }

    private IEnumerable<Rented> Open() =>
        _contracts.Where(rented => rented.EndAt > TimeProvider.System.GetUtcNow());

    private T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private sealed record Rented(
        ContractId Id,
        RigId RigId,
        Hashrate Hashrate,
        DateTimeOffset StartAt,
        DateTimeOffset EndAt,
        SimulatedPool[] Pools);
}
