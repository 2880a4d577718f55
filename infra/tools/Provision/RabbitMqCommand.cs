using System.CommandLine;
using Marketplace.PrivatePostgres;

namespace Marketplace.Provision;

/// <summary>
/// <c>rabbitmq FOLDER</c>: writes <c>definitions.json</c> for a broker to load, with a user per service, and keeps the
/// users' passwords beside it.
/// </summary>
internal static class RabbitMqCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Where the definitions are written." };
        var virtualHost = new Option<string>("--virtual-host")
        {
            Description = "The services' virtual host.",
            DefaultValueFactory = _ => "marketplace",
        };
        var administrator = new Option<string?>("--administrator") { Description = "One more user." };
        var command = new Command(
            "rabbitmq", "Writes a broker's definitions; prints each user, a tab, the password that was made for it.")
        {
            folder, virtualHost, administrator,
        };
        command.SetAction((parsed, cancellationToken) => WriteAsync(
            parsed.GetRequiredValue(folder).FullName,
            parsed.GetRequiredValue(virtualHost),
            parsed.GetValue(administrator),
            cancellationToken));
        return command;
    }

    private static async Task<int> WriteAsync(
        string folder, string virtualHost, string? administrator, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        string[] users = administrator is null ? [.. Services.All] : [.. Services.All, administrator];
        var passwords = users.ToDictionary(user => user, user => GivenPassword(user) ?? OwnPassword(folder, user));
        var file = Path.Combine(folder, "definitions.json");
        await File.WriteAllTextAsync(file, BrokerDefinitions.Json(virtualHost, passwords), cancellationToken);
        foreach (var (user, password) in passwords.Where(one => GivenPassword(one.Key) is null))
        {
            Console.WriteLine($"{user}\t{password}");
        }

        return 0;
    }

    /// <summary>Containers share no folder: there services and definitions take it from the environment.</summary>
    private static string? GivenPassword(string user) =>
        Environment.GetEnvironmentVariable($"{user.ToUpperInvariant()}_BROKER_PASSWORD") is { Length: > 0 } given
            ? given
            : null;

    private static string OwnPassword(string folder, string user) =>
        PasswordFile.ReadOrCreate(Path.Combine(folder, $"password.{user}"));
}
