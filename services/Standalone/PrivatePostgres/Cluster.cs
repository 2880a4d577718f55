namespace Marketplace.PrivatePostgres;

/// <summary>The files of one server: made once, checked at every start.</summary>
internal sealed class Cluster(ServerFolder folder, ServerAccount account, PostgresInstallation installation)
{
    public const string Superuser = "marketplace";

    private const string IdentifierLabel = "Database system identifier:";

    public ServerFolder Folder => folder;

    public ServerAccount Account => account;

    public PostgresInstallation Installation => installation;

    public static async Task<Cluster> OpenOrCreateAsync(
        ServerFolder folder, ServerAccount account, CancellationToken cancellationToken)
    {
        var versionFile = Path.Combine(folder.Cluster, "PG_VERSION");
        var version = File.Exists(versionFile)
            ? (await File.ReadAllTextAsync(versionFile, cancellationToken)).Trim()
            : null;
        if (version is null && Directory.Exists(folder.Cluster))
        {
            throw new PrivatePostgresException(
                $"{folder.Cluster} exists but holds no PostgreSQL data. Move it away to start empty.");
        }

        var cluster = new Cluster(folder, account, PostgresInstallation.For(version, folder.Cluster));
        if (version is null)
        {
            await cluster.CreateAsync(cancellationToken);
        }

        return cluster;
    }

    public async Task<string> SystemIdentifierAsync(CancellationToken cancellationToken)
    {
        var report = await account.Command(installation.Tool("pg_controldata"), folder.Cluster)
            .SucceedAsync(cancellationToken);
        return report.Split('\n')
            .Where(line => line.StartsWith(IdentifierLabel, StringComparison.Ordinal))
            .Select(line => line[IdentifierLabel.Length..].Trim())
            .First();
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        // A start that was killed half-way leaves this folder; the finished one appears by a rename.
        if (Directory.Exists(folder.UnfinishedCluster))
        {
            Directory.Delete(folder.UnfinishedCluster, recursive: true);
        }

        PasswordFile.ReadOrCreate(folder.SuperuserPassword);
        await account.OwnFileAsync(folder.SuperuserPassword, cancellationToken);
        await account.Command(
            installation.Tool("initdb"),
            $"--pgdata={folder.UnfinishedCluster}",
            $"--username={Superuser}",
            $"--pwfile={folder.SuperuserPassword}",
            "--auth=scram-sha-256",
            "--data-checksums",
            "--encoding=UTF8",
            "--locale=C.UTF-8").SucceedAsync(cancellationToken);
        Directory.Move(folder.UnfinishedCluster, folder.Cluster);
    }
}
