namespace Marketplace.HashrateProxy.Downstream.Admission;

/// <summary>Why a worker's connection ended. Each reason is counted on its own.</summary>
internal enum ClosingReason
{
    PeerLeft,
    NodeStopped,
    TooManyConnections,
    TooManyOfAddress,
    TooManyOfRig,
    TooManyOfSeller,

    /// <summary>A PROXY header from an address that is not trusted with one.</summary>
    ForeignProxyHeader,
    BrokenProxyHeader,
    BrokenTls,

    /// <summary>It did not authorise and subscribe in time.</summary>
    HandshakeTimeout,
    Silence,
    LineTooLong,

    /// <summary>Too many lines in a row that are no Stratum.</summary>
    Junk,
    SlowReader,
    SubmitFlood,

    /// <summary>It was asked to connect again, to get an extranonce that fits its next pool.</summary>
    Placed,

    /// <summary>An error of ours; the log says more.</summary>
    Failed,
}
