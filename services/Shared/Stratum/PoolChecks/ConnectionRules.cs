using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>What a pool agreed to, against what the fleet needs of it. Pure.</summary>
internal static class ConnectionRules
{
    /// <summary>A new block reaches the fleet so much later; beyond it shares go stale that others keep.</summary>
    private static readonly TimeSpan SlowPing = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan UselessPing = TimeSpan.FromSeconds(5);

    public static IEnumerable<PoolFinding> Of(PoolUrl url, PoolSighting seen, PoolDemands demands)
    {
        yield return OfExtranonce(seen.Extranonce, demands.Fleet.ExtranonceBytes);
        yield return OfVersionMask(seen, demands.Fleet.VersionMask);
        yield return OfDifficulty(seen.Difficulty, demands);
        yield return OfPing(seen.Ping);
        if (seen.RedirectHost.Length > 0 && !seen.RedirectHost.Equals(url.Host, StringComparison.OrdinalIgnoreCase))
        {
            yield return PoolFinding.Warn(
                "redirect",
                $"it asks to go to {seen.RedirectHost} instead",
                "Nobody is sent to another host than the one that was checked: give that pool's own address.");
        }

        if (seen.Message.Length > 0)
        {
            yield return PoolFinding.Pass("message", seen.Message);
        }
    }

    private static PoolFinding OfExtranonce(ExtranonceAssignment extranonce, int needed)
    {
        var seen =
            $"extranonce1 of {extranonce.Extranonce1.Length} bytes, extranonce2 of {extranonce.Extranonce2Bytes}";
        if (extranonce.Extranonce2Bytes < FleetNeeds.LeastExtranonceBytes)
        {
            return PoolFinding.Fail(
                "extranonce",
                $"{seen}, and {needed} are needed",
                $"The pool must leave at least {needed} bytes of extranonce2; ask its operator for a port that does.");
        }

        if (extranonce.Extranonce2Bytes < needed)
        {
            return PoolFinding.Warn(
                "extranonce",
                $"{seen}, and {needed} are better",
                $"Machines that cannot be told another extranonce connect again, which costs each a few seconds; a port"
                + $" that leaves {needed} bytes of extranonce2 spares them that.");
        }

        return PoolFinding.Pass(
            "extranonce",
            extranonce.Extranonce2Bytes >= FleetNeeds.AggregatorExtranonceBytes
                ? seen
                : $"{seen}: enough for machines, not for a farm's proxy that hands extranonces on");
    }

    private static PoolFinding OfVersionMask(PoolSighting session, uint needed)
    {
        var granted = session.VersionMask;
        var seen = $"mask {granted:x8}";
        if ((needed & ~granted) != 0)
        {
            return PoolFinding.Fail(
                "version-rolling",
                $"{seen}, the rig rolls {needed:x8}",
                "Choose a pool that allows version rolling (BIP 320).");
        }

        if (session.Jobs.FirstOrDefault(one => one.Job.CollidesWith(granted)) is { Job: var job })
        {
            return PoolFinding.Fail(
                "version-rolling",
                $"{seen}, and a job version {job.Version:x8} with bits inside it",
                "Every share would be refused; tell the pool's operator.");
        }

        return granted == 0
            ? PoolFinding.Warn(
                "version-rolling", "not allowed", "Machines that need version rolling cannot hash here.")
            : PoolFinding.Pass("version-rolling", seen);
    }

    private static PoolFinding OfDifficulty(Difficulty difficulty, PoolDemands demands)
    {
        var needed = demands.MinimumDifficulty;
        return difficulty >= needed
            ? PoolFinding.Pass("difficulty", $"{difficulty}, at least {needed} is needed for {demands.Hashrate}")
            : PoolFinding.Fail(
                "difficulty",
                $"{difficulty}, but {demands.Hashrate} needs at least {needed}",
                $"Use the pool's port for large miners, or ask for it in the password: d={needed}.");
    }

    private static PoolFinding OfPing(TimeSpan ping)
    {
        var seen = $"answers within {Math.Ceiling(ping.TotalMilliseconds):0} ms";
        const string Fix = "Choose a server of the pool that is nearer, or one that is less busy.";
        return ping > UselessPing ? PoolFinding.Fail("ping", seen, Fix)
            : ping > SlowPing ? PoolFinding.Warn("ping", seen, Fix)
            : PoolFinding.Pass("ping", seen);
    }
}
