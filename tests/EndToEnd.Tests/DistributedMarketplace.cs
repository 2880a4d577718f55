using System.Numerics;
using Marketplace.Simulators.MainLine;
using Npgsql;

namespace Marketplace.EndToEnd.Tests;

/// <summary>
/// The marketplace that the environment names, with every service as its own process: beside its public doors, what
/// runs behind them.
/// </summary>
internal sealed class DistributedMarketplace : IAsyncDisposable
{
    /// <summary>A minute, and what it takes to be sealed, sent and stored.</summary>
    private static readonly TimeSpan ReadingLimit = TimeSpan.FromSeconds(120);

    private readonly RedisServer _redis = new(Variable("REDIS_FOLDER")!);
    private readonly NpgsqlDataSource _billing = NpgsqlDataSource.Create(Variable("BILLING_DATABASE")!);

    /// <summary>Whether it is that one.</summary>
    public static bool IsThere => Variable("REDIS_FOLDER") is not null;

    public MainLineOptions Line { get; } = new()
    {
        Address = Surroundings.FromEnvironment().Address,
        Stratum = Surroundings.FromEnvironment().Stratum,
    };

    /// <summary>Kills Redis, and starts it again when every node has been metered without it.</summary>
    public async Task LoseRedisAsync(CancellationToken cancellationToken)
    {
        await _redis.KillAsync();
        var killedAt = TimeProvider.System.GetUtcNow();
        await Eventually.TrueAsync(
            async () => await NodesHeardSinceAsync(killedAt, cancellationToken) == Line.Stratum.Count, ReadingLimit);
        await _redis.StartAsync();
    }

    /// <summary>What each node said of each minute of a contract, as Billing has it.</summary>
    public async Task<IReadOnlyList<NodeMinute>> ReadingsOfAsync(
        ContractId contract, CancellationToken cancellationToken)
    {
        await using var command = _billing.CreateCommand(
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
        _redis.Dispose();
        await _billing.DisposeAsync();
    }

    private async Task<long> NodesHeardSinceAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = _billing.CreateCommand(
            "SELECT count(DISTINCT node_name) FROM meter_readings WHERE minute_at > $1");
        command.Parameters.Add(new NpgsqlParameter { Value = at - TimeSpan.FromMinutes(1) });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable($"MARKETPLACE_{name}");
}

/// <summary>A node's part of one minute of a contract.</summary>
internal sealed record NodeMinute(
    string Node, DateTimeOffset MinuteAt, Work Promised, Work Accepted, bool IsLast);
