namespace Marketplace.PrivatePostgres;

/// <summary>Where a private PostgreSQL keeps its data and how large it may grow.</summary>
public sealed record PrivatePostgresOptions
{
    /// <summary>Locked while the server is in use; the server lives in its <c>postgres</c> folder.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Used when <see cref="UnprivilegedUser"/> cannot reach <see cref="DataFolder"/>.</summary>
    public string FallbackFolder { get; init; } = "/var/lib/marketplace";

    /// <summary>Runs the server when this process is root, because PostgreSQL refuses to run as root.</summary>
    public string UnprivilegedUser { get; init; } = "postgres";

    /// <summary>Five services with pools of at most 20 connections, and some for people.</summary>
    public int MaxConnections { get; init; } = 120;

    public int SharedBuffersMegabytes { get; init; } = 64;

    /// <summary>False only for tests: then the server neither waits for the disk nor survives a power cut.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>
    /// True when several processes use one server: the lock is held only while it starts, and it is left
    /// running until <see cref="PrivatePostgresServer.StopAsync"/>.
    /// </summary>
    public bool SharedBetweenProcesses { get; init; }

    /// <summary>The longest wait for a start, a crash recovery, a stop or the lock of a shared server.</summary>
    public int TimeoutSeconds { get; init; } = 90;

    internal TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);
}
