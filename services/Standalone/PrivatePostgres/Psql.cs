using System.Globalization;

namespace Marketplace.PrivatePostgres;

/// <summary>Speaks SQL to the server as its superuser, through PostgreSQL's own client.</summary>
internal sealed class Psql(Cluster cluster, int port)
{
    private const int ConnectTimeoutSeconds = 5;

    /// <param name="script">May name <paramref name="variables"/> as <c>:'value'</c> or <c>:"identifier"</c>.</param>
    /// <param name="variables">Values by name; psql quotes them.</param>
    /// <param name="cancellationToken">Ends the client.</param>
    public async Task<string> RunAsync(
        string script, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken) =>
        await Client(script, variables).SucceedAsync(cancellationToken);

    /// <returns>The identifier, or null when nobody answers there or our password is not accepted.</returns>
    public async Task<string?> SystemIdentifierAsync(CancellationToken cancellationToken)
    {
        const string Script = "SELECT system_identifier FROM pg_control_system();";
        var result = await Client(Script, new Dictionary<string, string>()).RunAsync(cancellationToken);
        return result.ExitCode == 0 ? result.Output.Trim() : null;
    }

    private Command Client(string script, IReadOnlyDictionary<string, string> variables) =>
        new(
        [
            cluster.Installation.Tool("psql"), "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--no-password",
            "--set=ON_ERROR_STOP=1", .. variables.Select(one => $"--set={one.Key}={one.Value}"),
        ])
        {
            Input = script,
            Environment = new Dictionary<string, string>
            {
                ["PGHOST"] = "127.0.0.1",
                ["PGPORT"] = port.ToString(CultureInfo.InvariantCulture),
                ["PGUSER"] = Cluster.Superuser,
                ["PGDATABASE"] = "postgres",
                ["PGPASSWORD"] = PasswordFile.ReadOrCreate(cluster.Folder.SuperuserPassword),
                ["PGCONNECT_TIMEOUT"] = ConnectTimeoutSeconds.ToString(CultureInfo.InvariantCulture),
                ["PGAPPNAME"] = "marketplace",
            },
        };
}
