using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// What a pool's words mean. Pools agree on few codes and on no words, so that both are read; what a pool says is
/// believed only where it can be true. Pure.
/// </summary>
internal static class RefusalCauses
{
    /// <summary>Words of live pools for what only we can have got wrong: the worker never sees these fields.</summary>
    private static readonly string[] OurWords =
    [
        "worker mismatch", "unknown worker", "unknown user", "invalid worker", "invalid user", "not authorized",
        "not authorised", "unauthorized", "unauthorised", "not subscribed", "version mask", "version-mask",
        "version bits", "version_bits", "bad-version", "bad version", "invalid version", "extranonce", "ntime",
        "time-too", "time out of range", "time too",
    ];

    private static readonly string[] LateWords =
    [
        "stale", "job not found", "unknown-work", "unknown work", "unknown job", "invalid job", "expired", "old job",
    ];

    private static readonly string[] LowDifficultyWords =
    [
        "low difficulty", "low diff", "high-hash", "high hash", "above target", "h-not-zero",
    ];

    /// <param name="error">What the pool said.</param>
    /// <param name="isReplaced">
    /// True when the pool had sent another job before it answered: else no job of it can be stale.
    /// </param>
    /// <param name="isHarderNow">
    /// True when the pool had raised its difficulty since the job: some judge old jobs by the new one.
    /// </param>
    public static RefusalCause Of(in StratumError error, bool isReplaced, bool isHarderNow)
    {
        var says = error.Text;
        if (error.Code is StratumError.UnauthorisedCode or StratumError.NotSubscribedCode || Says(says, OurWords))
        {
            return RefusalCause.Ours;
        }

        var isStale = error.Code == StratumError.JobNotFoundCode || Says(says, LateWords);
        var isLow = error.Code == StratumError.LowDifficultyCode || Says(says, LowDifficultyWords);
        return (isReplaced && isStale) || (isHarderNow && isLow) ? RefusalCause.Late : RefusalCause.Unexplained;
    }

    private static bool Says(string text, string[] words) =>
        Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
