using Marketplace.PrivatePostgres;

namespace Marketplace.TestKit;

/// <summary>
/// One private PostgreSQL under <c>.artifacts/test-postgres</c>, shared by every test process of a run and left running
/// for the next one. It does not wait for the disk: a test's data need not outlive a power cut.
/// </summary>
public static class TestPostgres
{
    private const string DatabasePrefix = "test_";

    private static readonly Lazy<Task<PrivatePostgresServer>> Server = new(StartAsync);

    public static PrivatePostgresOptions Options { get; } = new()
    {
        DataFolder = Path.Combine(Repository.Artifacts, "test-postgres"),
        SharedBetweenProcesses = true,
        Durable = false,
        MaxConnections = 400,
    };

    /// <returns>The connection string of an empty database nobody else uses, as a superuser.</returns>
    public static async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken) =>
        (await CreateAsync(cancellationToken)).ConnectionString;

    internal static async Task<(string Name, string ConnectionString)> CreateAsync(CancellationToken cancellationToken)
    {
        var server = await Server.Value;
        var name = DatabasePrefix + Guid.CreateVersion7().ToString("N");
        return (name, await server.EnsureDatabaseAsync(name, cancellationToken) + ";Include Error Detail=true");
    }

    internal static async Task DropAsync(string name, CancellationToken cancellationToken) =>
        await (await Server.Value).DropDatabasesAsync(name, cancellationToken);

    public static Task StopAsync(CancellationToken cancellationToken) =>
        PrivatePostgresServer.StopAsync(Options, cancellationToken);

    private static async Task<PrivatePostgresServer> StartAsync()
    {
        var server = await PrivatePostgresServer.StartAsync(Options, CancellationToken.None);
        if (!server.WasRunning)
        {
            await server.DropDatabasesAsync(DatabasePrefix, CancellationToken.None);
        }

        return server;
    }
}
