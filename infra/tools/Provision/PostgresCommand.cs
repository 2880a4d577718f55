using System.CommandLine;
using Marketplace.PrivatePostgres;

namespace Marketplace.Provision;

/// <summary><c>postgres start FOLDER</c>, <c>postgres stop FOLDER</c>: a private server of many processes.</summary>
internal static class PostgresCommand
{
    public static Command Create() => new("postgres", "A private PostgreSQL for several processes.")
    {
        CreateStart(),
        CreateStop(),
    };

    private static Command CreateStart()
    {
        var folder = FolderArgument();
        var command = new Command(
            "start", "Starts it, a database and a role per service; prints each service, a tab, its connection.")
        {
            folder,
        };
        command.SetAction((parsed, cancellationToken) =>
            StartAsync(parsed.GetRequiredValue(folder), cancellationToken));
        return command;
    }

    private static Command CreateStop()
    {
        var folder = FolderArgument();
        var command = new Command("stop", "Stops it, if it runs.") { folder };
        command.SetAction((parsed, cancellationToken) =>
            PrivatePostgresServer.StopAsync(OptionsFor(parsed.GetRequiredValue(folder)), cancellationToken));
        return command;
    }

    private static async Task<int> StartAsync(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        await using var server = await PrivatePostgresServer.StartAsync(OptionsFor(folder), cancellationToken);
        foreach (var service in Services.All)
        {
            var connectionString = await server.EnsureDatabaseAsync(service, service, cancellationToken);
            Console.WriteLine($"{service}\t{connectionString}");
        }

        return 0;
    }

    private static PrivatePostgresOptions OptionsFor(DirectoryInfo folder) =>
        new() { DataFolder = folder.FullName, SharedBetweenProcesses = true };

    private static Argument<DirectoryInfo> FolderArgument() => new("folder") { Description = "Its data folder." };
}
