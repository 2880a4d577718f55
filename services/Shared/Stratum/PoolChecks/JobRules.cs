using System.Globalization;
using Marketplace.Stratum.Coinbase;

namespace Marketplace.Stratum;

/// <summary>What a pool's jobs ask of the machines that hash them, and whom they pay. Pure.</summary>
internal static class JobRules
{
    /// <summary>Blocks that are dated further ahead are refused by the network.</summary>
    private static readonly TimeSpan MaxClockSkew = TimeSpan.FromHours(2);
    private static readonly TimeSpan UsualClockSkew = TimeSpan.FromMinutes(10);

    /// <summary>One clean job too many may be an accident.</summary>
    private const int MinFlood = 2;

    private const int MaxPayees = 4;
    private const decimal UnitsPerCoin = 100_000_000m;

    public static IEnumerable<PoolFinding> Of(PoolSighting seen, PoolDemands demands)
    {
        yield return OfCoinbaseSize(seen.Jobs.Max(job => job.CoinbaseBytes), demands.Fleet.Firmware);
        yield return OfCleanJobs(seen);
        yield return OfClock(seen.Jobs[^1].ClockSkew);
        yield return OfPayee(seen.Jobs[^1], demands);
    }

    private static PoolFinding OfCoinbaseSize(int bytes, IReadOnlyList<string> fleet)
    {
        const string Rule = "coinbase-size";
        const string Fix = "Ask the pool for a port with a shorter coinbase, or pay out to fewer addresses at once.";
        var seen = $"a coinbase of {bytes} bytes";
        if (bytes > FirmwareLimits.MaxCoinbaseBytes)
        {
            return PoolFinding.Fail(
                Rule, $"{seen}; no firmware is known to take more than {FirmwareLimits.MaxCoinbaseBytes}", Fix);
        }

        foreach (var firmware in fleet)
        {
            if (FirmwareLimits.CoinbaseBytes(firmware) is { } limit && bytes > limit)
            {
                return PoolFinding.Fail(Rule, $"{seen}; the rig's {firmware} takes {limit}", Fix);
            }
        }

        return bytes > FirmwareLimits.SafeCoinbaseBytes && fleet.Count == 0
            ? PoolFinding.Warn(
                Rule, $"{seen}; some machines take only {FirmwareLimits.SafeCoinbaseBytes}",
                "Check the pool again for the rig that is to hash for it.")
            : PoolFinding.Pass(Rule, seen);
    }

    private static PoolFinding OfCleanJobs(PoolSighting sighting)
    {
        const string Rule = "clean-jobs";
        var needless = sighting.Jobs.Zip(sighting.Jobs.Skip(1)).Count(pair =>
            pair.Second.Job.IsClean && pair.Second.Job.PreviousHash.SequenceEqual(pair.First.Job.PreviousHash));
        var seconds = Math.Max(1, sighting.Watched.TotalSeconds);
        var seen = $"{sighting.Jobs.Count} jobs in {seconds:0} s, {needless} clean without a new block";
        if (needless >= MinFlood && needless * 60 / seconds > PoolPace.MaxNeedlessCleanJobsPerMinute)
        {
            return PoolFinding.Fail(
                Rule, seen, "Machines lose a second at every clean job; the pool must send them at new blocks only.");
        }

        return needless > 0
            ? PoolFinding.Warn(Rule, seen, "Watch the pool for longer, and ask its operator why its jobs are clean.")
            : PoolFinding.Pass(Rule, seen);
    }

    private static PoolFinding OfClock(TimeSpan skew)
    {
        var side = skew < TimeSpan.Zero ? "behind" : "ahead of";
        var seen = $"jobs are {skew.Duration().TotalSeconds:0} s {side} our clock";
        const string Fix = "The pool's clock or its node is not up to date; tell its operator.";
        return skew.Duration() > MaxClockSkew ? PoolFinding.Fail("clock", seen, Fix)
            : skew.Duration() > UsualClockSkew ? PoolFinding.Warn("clock", seen, Fix)
            : PoolFinding.Pass("clock", seen);
    }

    private static PoolFinding OfPayee(SeenJob job, PoolDemands demands)
    {
        const string Rule = "payee";
        if (!CoinbaseTransaction.TryRead(job.Job, job.Extranonce, out var coinbase))
        {
            const string Unread = "the coinbase cannot be read";
            return demands.Payee is null
                ? PoolFinding.Warn(Rule, Unread, "Ask the pool whom its blocks pay.")
                : PoolFinding.Fail(Rule, Unread, $"Choose a pool whose jobs show that they pay {demands.Payee}.");
        }

        var seen = Say(coinbase, NetworkOf(demands));
        return demands.Payee is null || coinbase.AmountTo(demands.Payee) > 0
            ? PoolFinding.Pass(Rule, seen)
            : PoolFinding.Fail(
                Rule,
                $"{seen}; nothing to {demands.Payee}",
                "The pool does not pay this address from its blocks: check the user, or that it is a solo pool.");
    }

    private static string Say(CoinbaseTransaction coinbase, CoinNetwork network)
    {
        var paying = coinbase.Outputs.Where(output => output.Pays).OrderByDescending(output => output.Amount).ToList();
        var payees = paying.Take(MaxPayees).Select(output => Say(output, network));
        var more = paying.Count > MaxPayees ? $" and {paying.Count - MaxPayees} more" : "";
        return paying.Count == 0 ? "pays nobody" : $"pays {string.Join(", ", payees)}{more}";
    }

    private static string Say(CoinbaseOutput output, CoinNetwork network)
    {
        var payee = PayoutAddress.OfScript(output.Script.Span, network)?.Text ?? "a script without an address";
        return string.Create(CultureInfo.InvariantCulture, $"{output.Amount / UnitsPerCoin} to {payee}");
    }

    private static CoinNetwork NetworkOf(PoolDemands demands) =>
        demands.Payee?.Network ?? CoinNetwork.Of(demands.Algorithm);
}
