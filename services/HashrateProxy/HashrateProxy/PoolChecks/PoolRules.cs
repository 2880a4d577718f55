using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.PoolChecks;

/// <summary>What a probe saw, rule by rule, with what to change. Pure.</summary>
internal static class PoolRules
{
    public const string Pass = "pass";
    public const string Warn = "warn";
    public const string Fail = "fail";

    private static readonly string[] Steps = [
        "resolve", "address", "connect", "configure", "subscribe", "authorize", "job"];

    /// <summary>The steps of the handshake up to the one that failed.</summary>
    public static IEnumerable<PoolCheckRule> OfHandshake((string Step, string Reason)? failure)
    {
        foreach (var step in Steps)
        {
            if (failure is { } failed && failed.Step == step)
            {
                yield return new PoolCheckRule(step, Fail, failed.Reason, FixOf(step));
                yield break;
            }

            yield return new PoolCheckRule(step, Pass, "ok", "");
        }

        if (failure is { } other && !Steps.Contains(other.Step))
        {
            yield return new PoolCheckRule(other.Step, Fail, other.Reason, FixOf(other.Step));
        }
    }

    public static IEnumerable<PoolCheckRule> OfSession(
        PoolSession session, PoolJob job, Hashrate hashrate, Algorithm algorithm, FleetNeeds fleet)
    {
        yield return OfExtranonce(session.Extranonce, fleet.ExtranonceBytes);
        yield return OfVersionMask(session.VersionMask, job, fleet.VersionMask);
        yield return OfDifficulty(session.Difficulty, hashrate, algorithm);
    }

    private static PoolCheckRule OfExtranonce(ExtranonceAssignment extranonce, int needed)
    {
        var seen =
            $"extranonce1 of {extranonce.Extranonce1.Length} bytes, extranonce2 of {extranonce.Extranonce2Bytes}";
        return extranonce.Extranonce2Bytes >= needed
            ? new PoolCheckRule("extranonce", Pass, seen, "")
            : new PoolCheckRule(
                "extranonce",
                Fail,
                seen,
                $"The pool must leave at least {needed} bytes of extranonce2; ask its operator for a port that does.");
    }

    private static PoolCheckRule OfVersionMask(uint granted, PoolJob job, uint needed)
    {
        var seen = $"mask {granted:x8}";
        if ((needed & ~granted) != 0)
        {
            return new PoolCheckRule(
                "version-rolling",
                Fail,
                $"{seen}, the rig rolls {needed:x8}",
                "Choose a pool that allows version rolling (BIP 320).");
        }

        if (job.CollidesWith(granted))
        {
            return new PoolCheckRule(
                "version-rolling", Fail, $"{seen}, and a job version {job.Version:x8} with bits inside it",
                "Every share would be refused; tell the pool's operator.");
        }

        return granted == 0
            ? new PoolCheckRule(
                "version-rolling", Warn, "not allowed", "Machines that need version rolling cannot hash here.")
            : new PoolCheckRule("version-rolling", Pass, seen, "");
    }

    private static PoolCheckRule OfDifficulty(Difficulty difficulty, Hashrate hashrate, Algorithm algorithm)
    {
        var needed = UpstreamPace.MinimumDifficulty(hashrate, algorithm);
        return difficulty >= needed
            ? new PoolCheckRule("difficulty", Pass, $"{difficulty}, at least {needed} is needed for {hashrate}", "")
            : new PoolCheckRule(
                "difficulty", Fail, $"{difficulty}, but {hashrate} needs at least {needed}",
                $"Use the pool's port for large miners, or ask for it in the password: d={needed}.");
    }

    private static string FixOf(string step) => step switch
    {
        "resolve" => "Check the host's name.",
        "address" => "Only pools on the public internet can be dialled.",
        "connect" => "Check host and port, and that the pool is up.",
        "configure" or "subscribe" => "This does not look like a Stratum V1 pool.",
        "authorize" => "Check the user and the password with the pool.",
        _ => "The pool must send a difficulty and a job soon after the login.",
    };
}

/// <summary>What the connected workers of a rig need of a pool.</summary>
/// <param name="VersionMask">All version bits that one of them may roll.</param>
/// <param name="ExtranonceBytes">The most extranonce bytes one of them holds.</param>
internal readonly record struct FleetNeeds(uint VersionMask, int ExtranonceBytes);
