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
        var administrator = new Option<string?>("--administrator") { Description = "One more user, who may do everything." };
        var command = new Command(
            "rabbitmq", "Writes a broker's definitions, and prints a line per service: its name, a tab, its password.")
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
        var passwords = users.ToDictionary(service => service, service => PasswordOf(folder, service));
        var file = Path.Combine(folder, "definitions.json");
        await File.WriteAllTextAsync(file, BrokerDefinitions.Json(virtualHost, passwords), cancellationToken);
        foreach (var (service, password) in passwords)
        {
            Console.WriteLine($"{service}\t{password}");
        }

        return 0;
    }

    /// <summary>Where containers share no folder, each gets its password from the environment, and so do the definitions.</summary>
    private static string PasswordOf(string folder, string service) =>
        Environment.GetEnvironmentVariable($"{service.ToUpperInvariant()}_BROKER_PASSWORD") is { Length: > 0 } given
            ? given
            : PasswordFile.ReadOrCreate(Path.Combine(folder, $"password.{service}"));
}
