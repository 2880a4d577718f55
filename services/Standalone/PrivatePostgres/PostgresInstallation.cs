using System.Globalization;

namespace Marketplace.PrivatePostgres;

/// <summary>One installed major version of PostgreSQL.</summary>
internal sealed record PostgresInstallation(int MajorVersion, string BinFolder)
{
    private const string DebianFolder = "/usr/lib/postgresql";

    public string Version => MajorVersion.ToString(CultureInfo.InvariantCulture);

    public string Tool(string name) => Path.Combine(BinFolder, name);

    /// <summary>The version that made the data when there is data, and else the newest.</summary>
    /// <exception cref="PrivatePostgresException">No usable version is installed.</exception>
    public static PostgresInstallation For(string? clusterVersion, string clusterFolder, string root = DebianFolder)
    {
        var installed = Installed(root);
        if (installed.Count == 0)
        {
            throw new PrivatePostgresException(
                $"No PostgreSQL server is installed under {root}. Run infra/run.sh, which installs it, or "
                + "'apt-get install postgresql', or configure ConnectionStrings for a server of your own.");
        }

        if (clusterVersion is null)
        {
            return installed[^1];
        }

        return installed.FirstOrDefault(one => one.Version == clusterVersion)
            ?? throw new PrivatePostgresException(
                $"The data in {clusterFolder} was made by PostgreSQL {clusterVersion}, but only "
                + $"{string.Join(", ", installed.Select(one => one.MajorVersion))} is installed. Nothing was changed. "
                + $"Either 'apt-get install postgresql-{clusterVersion}', or move the data with pg_upgrade, or choose "
                + "another data folder to start empty.");
    }

    private static List<PostgresInstallation> Installed(string root) =>
        Directory.Exists(root)
            ? [.. Directory.EnumerateDirectories(root)
                .Where(folder => File.Exists(Path.Combine(folder, "bin", "initdb")))
                .Select(folder => (Name: Path.GetFileName(folder), Bin: Path.Combine(folder, "bin")))
                .Where(one => int.TryParse(one.Name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .Select(one => new PostgresInstallation(int.Parse(one.Name, CultureInfo.InvariantCulture), one.Bin))
                .OrderBy(one => one.MajorVersion)]
            : [];
}
