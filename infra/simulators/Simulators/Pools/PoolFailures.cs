namespace Marketplace.Simulators.Pools;

/// <summary>What a pool does wrong; may be changed while it runs.</summary>
public sealed record PoolFailures
{
    public static PoolFailures None { get; } = new();

    /// <summary>Every authorize is answered false.</summary>
    public bool RefusesLogins { get; init; }

    /// <summary>Reads everything and says nothing.</summary>
    public bool StopsAnswering { get; init; }

    /// <summary>Answers, but sends no job any more.</summary>
    public bool StopsJobs { get; init; }

    /// <summary>Closes every new connection at once.</summary>
    public bool DropsNewConnections { get; init; }

    /// <summary>Every n-th valid share is refused without a cause; 0 for none.</summary>
    public int RefusesEveryNthShare { get; init; }

    /// <summary>What it says to a share that it refuses without a cause.</summary>
    public string RefusalText { get; init; } = ShareVerdict.Refused.Text;

    /// <summary>How long a new connection is left alone before its first line is read, in milliseconds.</summary>
    public int AcceptDelayMilliseconds { get; init; }

    /// <summary>A clean job on the same previous block so often, in milliseconds; 0 for no flood.</summary>
    public int CleanJobFloodMilliseconds { get; init; }

    public RejectForm RejectForm { get; init; } = RejectForm.Triple;
}

/// <summary>The shapes in which pools say no.</summary>
public enum RejectForm
{
    /// <summary><c>[21,"Job not found",null]</c></summary>
    Triple,

    /// <summary>Result false, no error, the text in <c>reject-reason</c> (ckpool).</summary>
    FalseWithReason,

    /// <summary>The error is a plain string.</summary>
    Text,

    /// <summary>The error is an object with <c>code</c> and <c>message</c>.</summary>
    CodeAndMessage,

    /// <summary><c>["21","Job not found"]</c></summary>
    TextCode,

    /// <summary><c>[-5,"Too low difficulty",null]</c></summary>
    NegativeCode,
}
