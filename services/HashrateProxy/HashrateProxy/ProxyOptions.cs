using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Marketplace.HashrateProxy;

/// <summary>Section <c>Proxy</c>: one node of the hashrate proxy.</summary>
internal sealed record ProxyOptions : IValidatableObject
{
    /// <summary>Names this node in readings and keys (<c>proxy.node-1</c>); stable across restarts.</summary>
    [Required, RegularExpression("^[a-z0-9-]{1,32}$")]
    public string NodeName { get; init; } = "node-1";

    /// <summary>
    /// Where the other nodes reach this one's HTTP host, such as <c>http://10.0.0.7:8085</c>; empty for the first
    /// address that it listens on, which does for nodes of one machine.
    /// </summary>
    [RegularExpression("^(https?://.+)?$")]
    public string NodeAddress { get; init; } = "";

    /// <summary>Folder of the share log.</summary>
    [Required]
    public string ShareLogDirectory { get; init; } = ".data/share-log";

    /// <summary>
    /// Longest an accepted share may wait in the page cache before it is forced to the disk, milliseconds.
    /// </summary>
    [Range(1, 10_000)]
    public int ShareLogSyncMilliseconds { get; init; } = 200;

    /// <summary>A segment of the share log is at most an hour long, and at most about this big.</summary>
    [Range(1, 16_384)]
    public int ShareLogSegmentMegabytes { get; init; } = 256;

    /// <summary>
    /// Segments of the share log are kept so long, days: longer than a card payment can be disputed. A certificate
    /// needs them all.
    /// </summary>
    [Range(1, 3_650)]
    public int ShareLogRetentionDays { get; init; } = 180;

    /// <summary>Pools on loopback, and on no other private network, may be dialled: development only.</summary>
    public bool AllowPrivatePools { get; init; }

    /// <summary>PEM file of the roots that pools' certificates are held against; empty for the system's.</summary>
    public string PoolRootsFile { get; init; } = "";

    /// <summary>
    /// By algorithm that is attested by the pool (<c>Proxy:ListedPools:x11:0</c>): hosts of the pools whose word is
    /// taken. Contracts of such an algorithm are dialled to no other; none by default.
    /// </summary>
    public Dictionary<string, string[]> ListedPools { get; init; } = [];

    /// <summary>Addresses of this machine that pools are dialled from, in turn; none for the system's choice.</summary>
    public IReadOnlyList<string> EgressAddresses { get; init; } = [];

    /// <summary>Logins at one pool host per minute, over all contracts: what pools let one address try.</summary>
    [Range(1, 10_000)]
    public int MaxPoolLoginsPerMinute { get; init; } = 60;

    /// <summary>A pool that says nothing for so long while a share waits for its answer is gone, seconds.</summary>
    [Range(1, 60)]
    public int PoolSilenceSeconds { get; init; } = 4;

    /// <summary>A share may wait so long for its answer from a pool that says other things, seconds.</summary>
    [Range(1, 600)]
    public int PoolAnswerSeconds { get; init; } = 15;

    /// <summary>Shortest time a worker stays where it was put, seconds.</summary>
    [Range(1, 3600)]
    public int MinSliceSeconds { get; init; } = 60;

    /// <summary>Delivery may leave the promise by this much before a worker is moved, per mille.</summary>
    [Range(1, 100)]
    public int TolerancePerMille { get; init; } = 10;

    /// <summary>Moves of one worker per hour.</summary>
    [Range(1, 3600)]
    public int MaxSwitchesPerHour { get; init; } = 30;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, hosts) in ListedPools)
        {
            if (!Algorithm.All.Any(algorithm => algorithm.IsPoolAttested && algorithm.Name == name))
            {
                yield return new ValidationResult($"'{name}' is not an algorithm that is attested by the pool.");
            }

            foreach (var host in hosts.Where(host => Uri.CheckHostName(host) == UriHostNameType.Unknown))
            {
                yield return new ValidationResult($"'{host}' is not the host of a pool, without scheme and port.");
            }
        }
    }
}

/// <summary>Section <c>Stratum</c>: the ports the fleets connect to, and how much one of them may take.</summary>
internal sealed record StratumOptions : IValidatableObject
{
    /// <summary>Address to listen on.</summary>
    [Required]
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>TCP port; 0 takes a free one. It speaks TLS too where there is a certificate.</summary>
    [Range(0, 65_535)]
    public int Port { get; init; } = 3333;

    /// <summary>TCP port that speaks TLS only, 0 for a free one; none by default. Needs the certificate.</summary>
    [Range(0, 65_535)]
    public int? TlsPort { get; init; }

    /// <summary>PEM file of the certificate and its chain, read again when it changes; empty offers no TLS.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>PEM file of the certificate's private key.</summary>
    public string CertificateKeyFile { get; init; } = "";

    /// <summary>
    /// Networks, such as <c>10.0.0.0/24</c>, of load balancers that say by the PROXY protocol whom a connection comes
    /// from. From anywhere else such a header closes the connection.
    /// </summary>
    public string[] TrustedProxies { get; init; } = [];

    /// <summary>Connections of workers at once; each takes one file descriptor.</summary>
    [Range(1, 100_000)]
    public int MaxConnections { get; init; } = 9_000;

    /// <summary>Connections from one address (of IPv6: from one /64) at once; a farm is often behind one.</summary>
    [Range(1, 100_000)]
    public int MaxConnectionsPerAddress { get; init; } = 5_000;

    /// <summary>Connections of one rig at once.</summary>
    [Range(1, 100_000)]
    public int MaxConnectionsPerRig { get; init; } = 5_000;

    /// <summary>Connections of all rigs of one seller at once.</summary>
    [Range(1, 100_000)]
    public int MaxConnectionsPerSeller { get; init; } = 8_000;

    /// <summary>A connection that has not logged in and subscribed by then is closed, seconds.</summary>
    [Range(1, 600)]
    public int HandshakeSeconds { get; init; } = 60;

    /// <summary>
    /// Shares one connection may send in a second, on average over ten; beyond it is closed. Workers are paced to two.
    /// </summary>
    [Range(1, 100_000)]
    public int SubmitsPerSecond { get; init; } = 100;

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if ((CertificateFile.Length > 0) != (CertificateKeyFile.Length > 0))
        {
            yield return new ValidationResult("A certificate needs its key and a key its certificate.");
        }

        if (TlsPort is not null && CertificateFile.Length == 0)
        {
            yield return new ValidationResult("A port for TLS needs a certificate.");
        }

        foreach (var network in TrustedProxies.Where(text => !IPNetwork.TryParse(text, out _)))
        {
            yield return new ValidationResult($"'{network}' is not a network such as 10.0.0.0/24.");
        }
    }
}
