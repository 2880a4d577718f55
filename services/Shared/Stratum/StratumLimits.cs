namespace Marketplace.Stratum;

/// <summary>
/// How much of anything one line of the protocol may carry. What is over a limit is malformed, never cut.
/// </summary>
public static class StratumLimits
{
    /// <summary>Longest line from a worker, its line end included.</summary>
    public const int DownstreamLineBytes = 16 * 1024;

    /// <summary>Longest line from a pool: its coinbase parts and merkle branches come as hex.</summary>
    public const int UpstreamLineBytes = 64 * 1024;

    /// <summary>Longest id that is echoed, as raw JSON.</summary>
    public const int IdBytes = 128;

    public const int JobIdBytes = 64;

    /// <summary>Longest user name, session id or device name.</summary>
    public const int NameBytes = 256;

    /// <summary>Longest text of a notice or an error.</summary>
    public const int TextBytes = 1024;

    /// <summary>Enough for a block of 2^24 transactions.</summary>
    public const int MerkleBranches = 24;

    /// <summary>Extensions one mining.configure may ask for.</summary>
    public const int Extensions = 16;

    /// <summary>How far a share's time may run ahead of its job's, as the strictest common pool allows.</summary>
    public const uint NTimeAheadSeconds = 7000;

    /// <summary>Deepest nesting of a line; the deepest known message, a subscribe answer, needs five.</summary>
    public const int JsonDepth = 16;
}
