using System.Diagnostics;
using System.Globalization;
using Marketplace.ServiceDefaults.Security;
using Marketplace.ServiceDefaults.TestHost.Alpha;
using Marketplace.TestKit;
using Npgsql;
using Shouldly;
using Xunit;

namespace Marketplace.ServiceDefaults.Tests;

/// <summary>
/// The in-memory bus forgets everything when its process is killed, and a broker delivers again; the outboxes and
/// inboxes of the two services must make up for both, at whatever point the kill comes.
/// </summary>
public abstract class KillTests(
    PostgresFixture postgres, ITestOutputHelper output, IReadOnlyDictionary<string, string?> bus)
{
    private const int Counters = 4;

    /// <summary>Said, heard by alpha, heard by beta, and the echo.</summary>
    private const int RowsPerNumber = 4;

    /// <summary>The limit is for each such part of what the last life has left to do, however much that is.</summary>
    private const int RowsPerStep = 400;

    private const string StartedLine = "Application started";
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("MARKETPLACE_FULL") == "1";
    private static readonly int Kills = IsFull ? 60 : 8;
    private static readonly int Numbers = IsFull ? 12_000 : 1_600;
    private static readonly long AllRows = RowsPerNumber * Numbers;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_is_killed_at_any_point_loses_nothing_and_applies_nothing_twice()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}, {Kills} kills, {Numbers} numbers");
        var random = new Random(seed);
        var alpha = await postgres.CreateDatabaseAsync(Cancelled);
        var beta = await postgres.CreateDatabaseAsync(Cancelled);
        var keys = Directory.CreateTempSubdirectory("marketplace-keys-").FullName;
        await KeyFiles.EnsureAsync(keys, ["identity", "alpha", "beta"], Cancelled);

        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var host = await HostProcess.StartAsync(alpha, beta, keys, bus);
            await LiveForAsync(random.Next(1, RowsPerNumber * Numbers / Kills), alpha, beta);
            host.Kill();
            output.WriteLine($"kill {kill}: {await CountAsync(alpha, "SELECT count(*) FROM said_numbers")} said, "
                + $"{await CountAsync(alpha, "SELECT count(*) FROM outbox_messages WHERE sent_at IS NULL")} under way");
        }

        await using var last = await HostProcess.StartAsync(alpha, beta, keys, bus);
        for (var rows = await RowsAsync(alpha, beta); rows < AllRows; rows = await RowsAsync(alpha, beta))
        {
            await ReachAsync(Math.Min(AllRows, rows + RowsPerStep), alpha, beta);
        }

        await Eventually.TrueAsync(
            async () => await CountAsync(beta, "SELECT count(*) FROM counter_steps") >= Numbers
                && await IsQuietAsync(alpha) && await IsQuietAsync(beta),
            Limit);

        await ShouldBeOnceEachAsync(alpha, "SELECT number FROM heard_numbers WHERE what = 'said'");
        await ShouldBeOnceEachAsync(alpha, "SELECT number FROM heard_numbers WHERE what = 'echoed'");
        await ShouldBeOnceEachAsync(beta, "SELECT number FROM beta_numbers");
        await ShouldBeInOrderAsync(beta);
        last.Kill();
        Directory.Delete(keys, recursive: true);
    }

    /// <summary>
    /// A life is measured in what happened, so that a slow machine is killed in the midst of work too.
    /// </summary>
    private static async Task LiveForAsync(int rows, string alpha, string beta) =>
        await ReachAsync(await RowsAsync(alpha, beta) + rows, alpha, beta);

    private static Task ReachAsync(long rows, string alpha, string beta) =>
        Eventually.TrueAsync(async () => await RowsAsync(alpha, beta) >= rows, Limit);

    private static async Task<long> RowsAsync(string alpha, string beta) =>
        await CountAsync(alpha, "SELECT (SELECT count(*) FROM said_numbers) + (SELECT count(*) FROM heard_numbers)")
        + await CountAsync(beta, "SELECT count(*) FROM beta_numbers");

    private static async Task<bool> IsQuietAsync(string database) =>
        await CountAsync(database, "SELECT count(*) FROM outbox_messages WHERE sent_at IS NULL") == 0
        && await CountAsync(database, "SELECT count(*) FROM parked_messages") == 0;

    private static async Task ShouldBeOnceEachAsync(string database, string numbers)
    {
        (await CountAsync(database, $"SELECT count(*) FROM ({numbers}) all_of_them")).ShouldBe(Numbers, numbers);
        (await CountAsync(database, $"SELECT count(DISTINCT number) FROM ({numbers}) all_of_them"))
            .ShouldBe(Numbers, numbers);
        (await CountAsync(database, "SELECT count(*) FROM dead_letters")).ShouldBe(0);
    }

    private static async Task ShouldBeInOrderAsync(string database)
    {
        (await CountAsync(database, "SELECT count(*) FROM counter_steps")).ShouldBe(Numbers);
        (await CountAsync(database, "SELECT count(DISTINCT counter_id) FROM counter_steps")).ShouldBe(Counters);
        (await CountAsync(
            database,
            """
            SELECT count(*) FROM (
                SELECT version, row_number() OVER (PARTITION BY counter_id ORDER BY id) AS place FROM counter_steps
            ) steps WHERE version <> place
            """)).ShouldBe(0);
    }

    private static async Task<long> CountAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Cancelled);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Cancelled))!;
    }

    private sealed class HostProcess(Process process) : IAsyncDisposable
    {
        public static async Task<HostProcess> StartAsync(
            string alpha, string beta, string keys, IReadOnlyDictionary<string, string?> bus)
        {
            var start = new ProcessStartInfo("dotnet", [typeof(AlphaModule).Assembly.Location])
            {
                RedirectStandardOutput = true,
                Environment =
                {
                    ["ConnectionStrings__alpha"] = alpha,
                    ["ConnectionStrings__beta"] = beta,
                    ["Keys__Directory"] = keys,
                    ["Speaker__Count"] = Numbers.ToString(CultureInfo.InvariantCulture),
                    ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                    ["Logging__LogLevel__Default"] = "Warning",
                    ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
                },
            };
            foreach (var (key, value) in bus)
            {
                start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
            }

            var host = new HostProcess(Process.Start(start)!);
            await host.StartedAsync();
            return host;
        }

        public void Kill() => process.Kill();

        public async ValueTask DisposeAsync()
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            await process.WaitForExitAsync();
            process.Dispose();
        }

        private async Task StartedAsync()
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
            limit.CancelAfter(Limit);
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                if (line.Contains(StartedLine, StringComparison.Ordinal))
                {
                    _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                    return;
                }
            }

            throw new InvalidOperationException("The host ended before it had started.");
        }
    }
}

public sealed class InMemoryKillTests(PostgresFixture postgres, ITestOutputHelper output)
    : KillTests(postgres, output, new Dictionary<string, string?>()), IClassFixture<PostgresFixture>;

[Collection(nameof(RabbitMqWorld))]
public sealed class RabbitMqKillTests(PostgresFixture postgres, RabbitMqQueues queues, ITestOutputHelper output)
    : KillTests(postgres, output, queues.OrSkip().Settings),
        IClassFixture<PostgresFixture>,
        IClassFixture<RabbitMqQueues>;
