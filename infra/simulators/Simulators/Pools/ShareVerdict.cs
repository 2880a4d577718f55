namespace Marketplace.Simulators.Pools;

/// <summary>Why a share was refused, with the protocol's code; <see cref="Accepted"/> has code 0.</summary>
internal sealed record ShareVerdict(string Reason, int Code, string Text)
{
    public static readonly ShareVerdict Accepted = new("accepted", 0, "");
    public static readonly ShareVerdict Stale = new("stale", 21, "Job not found (=stale)");
    public static readonly ShareVerdict Duplicate = new("duplicate", 22, "Duplicate share");
    public static readonly ShareVerdict LowDifficulty = new("low-difficulty", 23, "Low difficulty share");
    public static readonly ShareVerdict Unauthorized = new("unauthorized", 24, "Unauthorized worker");
    public static readonly ShareVerdict BadVersion = new("bad-version", 20, "Bad version bits");
    public static readonly ShareVerdict BadTime = new("bad-ntime", 20, "Time out of range");
    public static readonly ShareVerdict Malformed = new("malformed", 20, "Malformed share");
    public static readonly ShareVerdict Refused = new("refused", 20, "Rejected");

    public bool IsAccepted => this == Accepted;
}
