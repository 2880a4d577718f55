using System.ComponentModel.DataAnnotations;

namespace Marketplace.HashrateProxy;

/// <summary>Section <c>Proxy</c>: one node of the hashrate proxy.</summary>
internal sealed record ProxyOptions
{
    /// <summary>Names this node in readings and keys (<c>proxy.node-1</c>); stable across restarts.</summary>
    [Required, RegularExpression("^[a-z0-9-]{1,32}$")]
    public string NodeName { get; init; } = "node-1";

    /// <summary>Folder of the share log.</summary>
    [Required]
    public string ShareLogDirectory { get; init; } = ".data/share-log";

    /// <summary>
    /// Longest an accepted share may wait in the page cache before it is forced to the disk, milliseconds.
    /// </summary>
    [Range(1, 10_000)]
    public int ShareLogSyncMilliseconds { get; init; } = 200;

    /// <summary>Pools on loopback, and on no other private network, may be dialled: development only.</summary>
    public bool AllowPrivatePools { get; init; }

    /// <summary>PEM file of the roots that pools' certificates are held against; empty for the system's.</summary>
    public string PoolRootsFile { get; init; } = "";

    /// <summary>Shortest time a worker stays where it was put, seconds.</summary>
    [Range(1, 3600)]
    public int MinSliceSeconds { get; init; } = 60;

    /// <summary>Delivery may leave the promise by this much before a worker is moved, per mille.</summary>
    [Range(1, 100)]
    public int TolerancePerMille { get; init; } = 10;

    /// <summary>Moves of one worker per hour.</summary>
    [Range(1, 3600)]
    public int MaxSwitchesPerHour { get; init; } = 30;
}

/// <summary>Section <c>Stratum</c>: the port the fleets connect to.</summary>
internal sealed record StratumOptions
{
    /// <summary>Address to listen on.</summary>
    [Required]
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>TCP port; 0 takes a free one.</summary>
    [Range(0, 65_535)]
    public int Port { get; init; } = 3333;

    /// <summary>Connections of workers at once; each takes one file descriptor.</summary>
    [Range(1, 100_000)]
    public int MaxConnections { get; init; } = 9_000;
}
