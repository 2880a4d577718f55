using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Marketplace.PrivatePostgres;

/// <summary>The server's process: found, started on a free port, or stopped.</summary>
internal sealed class Postmaster(Cluster cluster, PrivatePostgresOptions options, TimeProvider time)
{
    /// <summary>A port found free may be taken before the server has it.</summary>
    private const int StartAttempts = 5;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    private string PidFile => Path.Combine(cluster.Folder.Cluster, "postmaster.pid");

    /// <returns>The port of a server of this cluster that runs already, or null.</returns>
    public async Task<int?> FindRunningAsync(CancellationToken cancellationToken)
    {
        var identifier = await cluster.SystemIdentifierAsync(cancellationToken);
        var startedAt = time.GetTimestamp();
        while (RunningPort() is { } port)
        {
            var answer = port == 0 ? null : await new Psql(cluster, port).SystemIdentifierAsync(cancellationToken);
            if (answer is not null)
            {
                return answer == identifier
                    ? port
                    : throw new PrivatePostgresException(
                        $"Port {port} is said to serve {cluster.Folder.Cluster}, but another server answers there. "
                        + $"Stop that server, or remove {PidFile} if no server uses the folder.");
            }

            if (time.GetElapsedTime(startedAt) > options.Timeout)
            {
                throw new PrivatePostgresException(
                    $"A server of {cluster.Folder.Cluster} runs but does not answer on port {port}. "
                    + $"See {cluster.Folder.Log}, stop it, and start again.");
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }

        return null;
    }

    public async Task<int> StartAsync(int? preferredPort, CancellationToken cancellationToken)
    {
        var failure = "";
        for (var attempt = 0; attempt < StartAttempts; attempt++)
        {
            var port = attempt == 0 && preferredPort is { } known && IsFree(known) ? known : FreePort();
            var result = await StartOnceAsync(port, cancellationToken);
            if (result.ExitCode == 0)
            {
                return port;
            }

            failure = $"{result.Said}\n{ReadStartLog()}";
            if (IsFree(port))
            {
                break;
            }
        }

        throw new PrivatePostgresException(
            $"PostgreSQL did not start in {cluster.Folder.Cluster}; its log is in {cluster.Folder.Log}.\n{failure}");
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (RunningPort() is not null)
        {
            await cluster.Account.Command(
                cluster.Installation.Tool("pg_ctl"), "stop", "--pgdata", cluster.Folder.Cluster,
                "--mode=fast", "--wait", $"--timeout={options.TimeoutSeconds}").SucceedAsync(cancellationToken);
        }
    }

    private async Task<CommandResult> StartOnceAsync(int port, CancellationToken cancellationToken)
    {
        await cluster.Account.OwnFolderAsync(cluster.Folder.Log, cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(cluster.Folder.Cluster, "postgresql.conf"),
            ServerSettings.Text(options, cluster.Folder, port),
            cancellationToken);
        File.Delete(cluster.Folder.StartLog);
        return await cluster.Account.Command(
            cluster.Installation.Tool("pg_ctl"), "start", "--pgdata", cluster.Folder.Cluster, "--wait",
            $"--timeout={options.TimeoutSeconds}", "--log", cluster.Folder.StartLog).RunAsync(cancellationToken);
    }

    /// <returns>Null when no server of this folder runs, 0 while its port is not yet known.</returns>
    private int? RunningPort()
    {
        if (!File.Exists(PidFile))
        {
            return null;
        }

        var lines = File.ReadAllLines(PidFile);
        if (lines.Length == 0 || !IsServerOfThisCluster(lines[0].Trim()))
        {
            // After a crash the number may belong to any process; PostgreSQL would refuse to start beside it.
            File.Delete(PidFile);
            return null;
        }

        return lines.Length > 3 && int.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : 0;
    }

    private bool IsServerOfThisCluster(string processId)
    {
        var commandLine = $"/proc/{processId}/cmdline";
        return File.Exists(commandLine)
            && File.ReadAllText(commandLine).Split('\0').Contains(cluster.Folder.Cluster, StringComparer.Ordinal);
    }

    private string ReadStartLog() =>
        File.Exists(cluster.Folder.StartLog) ? File.ReadAllText(cluster.Folder.StartLog) : "";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
