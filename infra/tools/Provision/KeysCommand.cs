using System.CommandLine;
using Marketplace.ServiceDefaults.Security;

namespace Marketplace.Provision;

/// <summary>
/// <c>keys DIRECTORY</c>: makes missing key pairs and lays out a folder per service, which holds everybody's public
/// keys and only the private keys that service may sign with.
/// </summary>
internal static class KeysCommand
{
    private const string Pairs = "pairs";

    public static Command Create()
    {
        var directory = new Argument<DirectoryInfo>("directory") { Description = "Where the folders are made." };
        var nodes = new Option<string[]>("--node")
        {
            Description = "A node of the proxy.",
            DefaultValueFactory = _ => ["node-1"],
        };
        var command = new Command("keys", "Makes the key pairs that are missing, and a folder of them per service.")
        {
            directory, nodes,
        };
        command.SetAction((parsed, cancellationToken) =>
            MakeAsync(parsed.GetRequiredValue(directory).FullName, parsed.GetRequiredValue(nodes), cancellationToken));
        return command;
    }

    private static async Task<int> MakeAsync(string directory, string[] nodes, CancellationToken cancellationToken)
    {
        var pairs = Path.Combine(directory, Pairs);
        await KeyFiles.EnsureAsync(
            pairs, Services.All.SelectMany(service => Services.SignsAs(service, nodes)), cancellationToken);
        foreach (var service in Services.All)
        {
            LayOut(pairs, Path.Combine(directory, service), Services.SignsAs(service, nodes));
        }

        return 0;
    }

    private static void LayOut(string pairs, string folder, IEnumerable<string> signsAs)
    {
        Directory.CreateDirectory(folder);
        var files = Directory.EnumerateFiles(pairs, "*.public.pem")
            .Concat(signsAs.Select(name => Path.Combine(pairs, $"{name}.private.pem")));
        foreach (var file in files)
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }
    }
}
