using System.Globalization;
using Shouldly;
using Xunit;

namespace Marketplace.PrivatePostgres.Tests;

public sealed class PrivatePostgresServerTests : IDisposable
{
    private readonly string _dataFolder = Directory.CreateTempSubdirectory("marketplace-postgres-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PrivatePostgresOptions Options => new()
    {
        DataFolder = _dataFolder, FallbackFolder = _dataFolder + ".fallback",
    };

    public PrivatePostgresServerTests() => Open(_dataFolder);

    public void Dispose()
    {
        Directory.Delete(_dataFolder, recursive: true);
        if (Directory.Exists(Options.FallbackFolder))
        {
            Directory.Delete(Options.FallbackFolder, recursive: true);
        }
    }

    [Fact]
    public async Task Data_and_port_outlive_a_restart()
    {
        int port;
        await using (var server = await PrivatePostgresServer.StartAsync(Options, Cancellation))
        {
            port = server.Port;
            var connection = await server.EnsureDatabaseAsync("catalog", "catalog", Cancellation);
            await SqlAsync(connection, "CREATE TABLE kept (value int); INSERT INTO kept VALUES (42);");
        }

        await using var again = await PrivatePostgresServer.StartAsync(Options, Cancellation);
        again.Port.ShouldBe(port);
        again.WasRunning.ShouldBeFalse();
        (await SqlAsync(again.ConnectionString("catalog"), "SELECT value FROM kept;")).ShouldBe("42");
    }

    [Fact]
    public async Task The_server_is_durable_checked_and_only_on_loopback()
    {
        await using var server = await PrivatePostgresServer.StartAsync(Options, Cancellation);
        var connection = server.ConnectionString("postgres");
        (await SqlAsync(connection, "SHOW fsync;")).ShouldBe("on");
        (await SqlAsync(connection, "SHOW data_checksums;")).ShouldBe("on");
        (await SqlAsync(connection, "SHOW listen_addresses;")).ShouldBe("127.0.0.1");
        (await SqlAsync(connection, "SHOW max_connections;")).ShouldBe("120");
        (await SqlAsync(connection, "SELECT datcollate FROM pg_database WHERE datname = 'postgres';"))
            .ShouldBe("C.UTF-8");
        (await SqlAsync(connection, "SELECT left(rolpassword, 13) FROM pg_authid WHERE rolname = 'marketplace';"))
            .ShouldBe("SCRAM-SHA-256");
    }

    [Fact]
    public async Task Its_logs_go_round_within_a_week()
    {
        await using var server = await PrivatePostgresServer.StartAsync(Options, Cancellation);
        var connection = server.ConnectionString("postgres");
        (await SqlAsync(connection, "SELECT pg_rotate_logfile();")).ShouldBe("t");
        (await SqlAsync(connection, "SHOW log_rotation_age;")).ShouldBe("1d");
        (await SqlAsync(connection, "SHOW log_truncate_on_rotation;")).ShouldBe("on");
        (await SqlAsync(connection, "SELECT pg_current_logfile() ~ 'postgresql-(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[.]log$';"))
            .ShouldBe("t");
    }

    [Fact]
    public async Task A_role_reaches_its_own_database_only()
    {
        await using var server = await PrivatePostgresServer.StartAsync(Options, Cancellation);
        var catalog = await server.EnsureDatabaseAsync("catalog", "catalog", Cancellation);
        await server.EnsureDatabaseAsync("billing", "billing", Cancellation);
        (await server.EnsureDatabaseAsync("catalog", "catalog", Cancellation)).ShouldBe(catalog);

        (await SqlAsync(catalog, "SELECT current_user;")).ShouldBe("catalog");
        var trespass = catalog.Replace("Database=catalog", "Database=billing", StringComparison.Ordinal);
        var refused = await Should.ThrowAsync<PrivatePostgresException>(() => SqlAsync(trespass, "SELECT 1;"));
        refused.Message.ShouldContain("permission denied for database");
    }

    [Fact]
    public async Task A_data_folder_serves_one_process_at_a_time()
    {
        await using var server = await PrivatePostgresServer.StartAsync(Options, Cancellation);
        var second = await Should.ThrowAsync<PrivatePostgresException>(
            () => PrivatePostgresServer.StartAsync(Options, Cancellation));
        second.Message.ShouldContain("in use by another process");
    }

    [Fact]
    public async Task Data_of_another_version_is_left_alone_with_advice()
    {
        await (await PrivatePostgresServer.StartAsync(Options, Cancellation)).DisposeAsync();
        var versionFile = Path.Combine(_dataFolder, "postgres", "cluster", "PG_VERSION");
        await File.WriteAllTextAsync(versionFile, "9\n", Cancellation);
        var refused = await Should.ThrowAsync<PrivatePostgresException>(
            () => PrivatePostgresServer.StartAsync(Options, Cancellation));
        refused.Message.ShouldContain("apt-get install postgresql-9");
    }

    [Fact]
    public async Task A_server_that_outlived_its_user_is_joined_and_then_stopped()
    {
        var shared = Options with { SharedBetweenProcesses = true };
        await (await PrivatePostgresServer.StartAsync(shared, Cancellation)).DisposeAsync();
        await using (var server = await PrivatePostgresServer.StartAsync(Options, Cancellation))
        {
            server.WasRunning.ShouldBeTrue();
        }

        await using var after = await PrivatePostgresServer.StartAsync(Options, Cancellation);
        after.WasRunning.ShouldBeFalse();
    }

    [Fact]
    public async Task A_pid_file_left_by_a_crash_does_not_stop_a_start()
    {
        await (await PrivatePostgresServer.StartAsync(Options, Cancellation)).DisposeAsync();
        var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var pidFile = Path.Combine(_dataFolder, "postgres", "cluster", "postmaster.pid");
        await File.WriteAllTextAsync(pidFile, $"{own}\n{_dataFolder}\n0\n1\n", Cancellation);
        await using var server = await PrivatePostgresServer.StartAsync(Options, Cancellation);
        (await SqlAsync(server.ConnectionString("postgres"), "SELECT 1;")).ShouldBe("1");
    }

    [Fact]
    public async Task A_folder_the_server_cannot_reach_moves_its_data_and_is_remembered()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root starts the server as somebody else.");
        File.SetUnixFileMode(_dataFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(Options.FallbackFolder);
        Open(Options.FallbackFolder);
        await (await PrivatePostgresServer.StartAsync(Options, Cancellation)).DisposeAsync();

        Directory.Exists(Path.Combine(_dataFolder, "postgres")).ShouldBeFalse();
        Open(_dataFolder);
        await using var server = await PrivatePostgresServer.StartAsync(Options, Cancellation);
        (await SqlAsync(server.ConnectionString("postgres"), "SHOW data_directory;"))
            .ShouldStartWith(Options.FallbackFolder);
    }

    /// <summary>Through psql, with nothing but the connection string.</summary>
    private static async Task<string> SqlAsync(string connectionString, string script)
    {
        var part = connectionString.Split(';')
            .Select(one => one.Split('=', 2))
            .ToDictionary(one => one[0], one => one[1]);
        var command = new Command("psql", "-X", "-q", "-t", "-A", "-w", "-v", "ON_ERROR_STOP=1")
        {
            Input = script,
            Environment = new Dictionary<string, string>
            {
                ["PGHOST"] = part["Host"],
                ["PGPORT"] = part["Port"],
                ["PGDATABASE"] = part["Database"],
                ["PGUSER"] = part["Username"],
                ["PGPASSWORD"] = part["Password"],
            },
        };
        return (await command.SucceedAsync(Cancellation)).Trim();
    }

    private static void Open(string folder) => File.SetUnixFileMode(
        folder,
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
}
