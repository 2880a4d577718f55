using System.Numerics;
using Marketplace.Simulators.MainLine;
using Npgsql;

namespace Marketplace.EndToEnd.Tests;

/// <summary>
/// The marketplace that the environment names, with every service as its own process: beside its public doors, what
/// runs behind them. Its Redis is there until the last of its tests has ended.
/// </summary>
public sealed class DistributedMarketplace : IAsyncDisposable
{
    /// <summary>Its tests take turns.</summary>
    public const string Tests = "Tests of the marketplace that the environment names";

    /// <summary>A minute, and what it takes to be sealed, sent and stored.</summary>
    private static readonly TimeSpan ReadingLimit = TimeSpan.FromSeconds(120);

    private readonly Lazy<RedisServer> _redis = new(() => new RedisServer(Variable("REDIS_FOLDER")!));
    private readonly Lazy<NpgsqlDataSource> _billing =
        new(() => NpgsqlDataSource.Create(Variable("BILLING_DATABASE")!));

    /// <summary>Whether it is that one.</summary>
    public static bool IsThere => Variable("REDIS_FOLDER") is not null;

    public static MainLineOptions Line => new()
    {
        Address = Surroundings.FromEnvironment().Address,
        Stratum = Surroundings.FromEnvironment().Stratum,
    };

    /// <summary>Kills Redis, and starts it again when every node has been metered without it.</summary>
    public async Task LoseRedisAsync(CancellationToken cancellationToken)
    {
        await _redis.Value.KillAsync();
        var killedAt = TimeProvider.System.GetUtcNow();
        await Eventually.TrueAsync(
            async () => await NodesHeardSinceAsync(killedAt, cancellationToken) == Line.Stratum.Count, ReadingLimit);
        await _redis.Value.StartAsync();
    }

    /// <summary>What each node said of each minute of a contract, as Billing has it.</summary>
    public async Task<IReadOnlyList<NodeMinute>> ReadingsOfAsync(
        ContractId contract, CancellationToken cancellationToken)
    {
        await using var command = _billing.Value.CreateCommand(
            """
            SELECT node_name, minute_at, promised, accepted, is_last FROM meter_readings
            WHERE contract_id = $1 ORDER BY node_name, minute_at
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = contract.Value });
        List<NodeMinute> minutes = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            minutes.Add(new NodeMinute(
                reader.GetString(0),
                reader.GetFieldValue<DateTimeOffset>(1),
                new Work((UInt128)reader.GetFieldValue<BigInteger>(2)),
                new Work((UInt128)reader.GetFieldValue<BigInteger>(3)),
                reader.GetBoolean(4)));
        }

        return minutes;
    }

    public async ValueTask DisposeAsync()
    {
        if (IsThere)
        {
            _redis.Value.Dispose();
            await _billing.Value.DisposeAsync();
        }
    }

    private async Task<long> NodesHeardSinceAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = _billing.Value.CreateCommand(
            "SELECT count(DISTINCT node_name) FROM meter_readings WHERE minute_at > $1");
        command.Parameters.Add(new NpgsqlParameter { Value = at - TimeSpan.FromMinutes(1) });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable($"MARKETPLACE_{name}");
}

/// <summary>A node's part of one minute of a contract.</summary>
public sealed record NodeMinute(
    string Node, DateTimeOffset MinuteAt, Work Promised, Work Accepted, bool IsLast);

[CollectionDefinition(DistributedMarketplace.Tests)]
public sealed class DistributedMarketplaceTests : ICollectionFixture<DistributedMarketplace>;
