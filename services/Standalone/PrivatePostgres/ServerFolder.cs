using System.Security.Cryptography;
using System.Text;

namespace Marketplace.PrivatePostgres;

/// <summary>The folder that holds one server: its cluster, its passwords and its logs.</summary>
internal sealed record ServerFolder(string Root)
{
    public string Cluster => Path.Combine(Root, "cluster");

    public string UnfinishedCluster => Path.Combine(Root, "cluster.new");

    public string Log => Path.Combine(Root, "log");

    public string StartLog => Path.Combine(Root, "start.log");

    public string SuperuserPassword => Path.Combine(Root, "password");

    public string RolePassword(string role) => Path.Combine(Root, $"password.{role}");

    /// <summary>Data is found where it is recorded, even when the first choice becomes usable later.</summary>
    public static async Task<ServerFolder> PrepareAsync(
        PrivatePostgresOptions options,
        ServerAccount account,
        ServerRecord? record,
        CancellationToken cancellationToken)
    {
        if (record is not null && Directory.Exists(new ServerFolder(record.Folder).Cluster))
        {
            return await account.CanUseAsync(record.Folder, cancellationToken)
                ? new ServerFolder(record.Folder)
                : throw new PrivatePostgresException(
                    $"{record.Folder} holds the data but belongs to another user. Start as that user, or as root.");
        }

        var first = new ServerFolder(Path.Combine(options.DataFolder, "postgres"));
        await account.OwnFolderAsync(first.Root, cancellationToken);
        if (await account.CanUseAsync(first.Root, cancellationToken))
        {
            return first;
        }

        Directory.Delete(first.Root);
        var fallback = new ServerFolder(Path.Combine(options.FallbackFolder, NameFor(options.DataFolder), "postgres"));
        Directory.CreateDirectory(Path.GetDirectoryName(fallback.Root)!);
        await account.OwnFolderAsync(fallback.Root, cancellationToken);
        return fallback;
    }

    private static string NameFor(string dataFolder)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(dataFolder)));
        return Convert.ToHexStringLower(hash.AsSpan(0, 6));
    }
}
