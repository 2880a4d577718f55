using System.Text.RegularExpressions;

namespace Marketplace.PrivatePostgres;

/// <summary>A PostgreSQL of our own on a loopback port, for as long as this object lives.</summary>
public sealed partial class PrivatePostgresServer : IAsyncDisposable
{
    private readonly PrivatePostgresOptions _options;
    private readonly Cluster _cluster;
    private readonly Postmaster _postmaster;
    private readonly Psql _psql;
    private readonly DataFolderLock? _lock;

    private PrivatePostgresServer(
        PrivatePostgresOptions options,
        Cluster cluster,
        Postmaster postmaster,
        int port,
        bool wasRunning,
        DataFolderLock? held)
    {
        _options = options;
        _cluster = cluster;
        _postmaster = postmaster;
        _psql = new Psql(cluster, port);
        _lock = held;
        Port = port;
        WasRunning = wasRunning;
    }

    public int Port { get; }

    /// <summary>True when it was found running: its last user crashed, or it is shared.</summary>
    public bool WasRunning { get; }

    /// <summary>Starts the server in the options' data folder, or joins the one that runs there.</summary>
    /// <exception cref="PrivatePostgresException">It cannot run; the message says what to do.</exception>
    public static async Task<PrivatePostgresServer> StartAsync(
        PrivatePostgresOptions options, CancellationToken cancellationToken, TimeProvider? timeProvider = null)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PrivatePostgresException("A private PostgreSQL needs Linux: configure ConnectionStrings.");
        }

        var time = timeProvider ?? TimeProvider.System;
        options = options with { DataFolder = Path.GetFullPath(options.DataFolder) };
        var wait = options.SharedBetweenProcesses ? options.Timeout : TimeSpan.Zero;
        var held = await DataFolderLock.TakeAsync(options.DataFolder, wait, time, cancellationToken);
        try
        {
            var server = await StartLockedAsync(options, time, held, cancellationToken);
            if (options.SharedBetweenProcesses)
            {
                held.Dispose();
            }

            return server;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Stops the shared server of a data folder, if one runs.</summary>
    public static async Task StopAsync(
        PrivatePostgresOptions options, CancellationToken cancellationToken, TimeProvider? timeProvider = null)
    {
        var time = timeProvider ?? TimeProvider.System;
        options = options with { DataFolder = Path.GetFullPath(options.DataFolder) };
        if (ServerRecord.Read(options.DataFolder) is not { } record
            || !Directory.Exists(new ServerFolder(record.Folder).Cluster))
        {
            return;
        }

        using var held = await DataFolderLock.TakeAsync(options.DataFolder, options.Timeout, time, cancellationToken);
        var account = ServerAccount.ForThisProcess(options);
        var cluster = await Cluster.OpenOrCreateAsync(new ServerFolder(record.Folder), account, cancellationToken);
        await new Postmaster(cluster, options, time).StopAsync(cancellationToken);
    }

    /// <summary>For Npgsql, as the server's superuser.</summary>
    public string ConnectionString(string database) =>
        ConnectionString(database, Cluster.Superuser, PasswordFile.ReadOrCreate(_cluster.Folder.SuperuserPassword));

    /// <summary>Makes the database when it is missing, owned by the superuser.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> EnsureDatabaseAsync(string database, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string>
        {
            ["database"] = Checked(database), ["owner"] = Cluster.Superuser,
        };
        await _psql.RunAsync(Scripts.EnsureDatabase, variables, cancellationToken);
        return ConnectionString(database);
    }

    /// <summary>Makes the role and its database when they are missing; no other role may connect to it.</summary>
    /// <returns>The connection string of that role.</returns>
    public async Task<string> EnsureDatabaseAsync(
        string database, string ownerRole, CancellationToken cancellationToken)
    {
        var password = PasswordFile.ReadOrCreate(_cluster.Folder.RolePassword(Checked(ownerRole)));
        var variables = new Dictionary<string, string>
        {
            ["database"] = Checked(database), ["owner"] = ownerRole, ["password"] = password,
        };
        await _psql.RunAsync(Scripts.EnsureRole + Scripts.EnsureDatabase, variables, cancellationToken);
        return ConnectionString(database, ownerRole, password);
    }

    /// <summary>Drops every database whose name starts with the prefix, with the connections to it.</summary>
    public async Task DropDatabasesAsync(string prefix, CancellationToken cancellationToken) =>
        await _psql.RunAsync(
            Scripts.DropDatabases, new Dictionary<string, string> { ["prefix"] = Checked(prefix) }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_options.SharedBetweenProcesses)
        {
            return;
        }

        using var limit = new CancellationTokenSource(_options.Timeout);
        await _postmaster.StopAsync(limit.Token);
        _lock?.Dispose();
    }

    private static async Task<PrivatePostgresServer> StartLockedAsync(
        PrivatePostgresOptions options, TimeProvider time, DataFolderLock held, CancellationToken cancellationToken)
    {
        var account = ServerAccount.ForThisProcess(options);
        var record = ServerRecord.Read(options.DataFolder);
        var folder = await ServerFolder.PrepareAsync(options, account, record, cancellationToken);
        var cluster = await Cluster.OpenOrCreateAsync(folder, account, cancellationToken);
        var postmaster = new Postmaster(cluster, options, time);

        var running = await postmaster.FindRunningAsync(cancellationToken);
        var port = running ?? await postmaster.StartAsync(record?.Port, cancellationToken);
        new ServerRecord(folder.Root, port).Write(options.DataFolder);
        return new PrivatePostgresServer(
            options, cluster, postmaster, port, running is not null, options.SharedBetweenProcesses ? null : held);
    }

    private string ConnectionString(string database, string user, string password) =>
        $"Host=127.0.0.1;Port={Port};Database={Checked(database)};Username={user};Password={password}";

    private static string Checked(string name) => Name().IsMatch(name)
        ? name
        : throw new PrivatePostgresException($"'{name}' is not a database name: a-z, 0-9 and _ only, 63 at most.");

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}$")]
    private static partial Regex Name();
}
