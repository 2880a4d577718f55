namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// How many shares a worker should send. A contract yields about 10,000 an hour, so that its meter's error is about one
/// percent of an hour whatever the pool asks for. Pure.
/// </summary>
internal static class WorkerPace
{
    public const int SharesPerContractHour = 10_000;
    public const int MinSharesPerMinute = 12;
    public const int MaxSharesPerMinute = 120;

    /// <summary>What a worker is taken for before its first shares.</summary>
    private static readonly Hashrate FirstGuess = Hashrate.FromTerahashes(100);

    /// <summary>A machine may ask to be taken for so many times less than the first guess, and no lower.</summary>
    private const int LeastGuessDivisor = 100;

    /// <summary>A pace, or a difficulty, within a factor of three halves of the wanted one is left alone.</summary>
    private const int NearNumerator = 3;
    private const int NearDenominator = 2;

    public static int SharesPerMinute(int workersOfContract) =>
        Math.Clamp(SharesPerContractHour / 60 / Math.Max(1, workersOfContract), MinSharesPerMinute, MaxSharesPerMinute);

    /// <summary>The shares to expect of a contract after so long.</summary>
    public static long SharesOfContract(TimeSpan elapsed) =>
        elapsed.Ticks / (TimeSpan.TicksPerHour / SharesPerContractHour);

    /// <summary>
    /// The difficulty of a first job. What the machine suggests holds between that of a small machine that sends many
    /// shares and that of the whole rig in one machine that sends few.
    /// </summary>
    public static Difficulty First(Hashrate nameplate, Difficulty? suggested, Algorithm algorithm)
    {
        var guess = nameplate < FirstGuess ? nameplate : FirstGuess;
        var easiest = For(new Hashrate(guess.HashesPerSecond / LeastGuessDivisor), MaxSharesPerMinute, algorithm);
        var hardest = For(nameplate, MinSharesPerMinute, algorithm);
        return suggested is not { } asked ? For(guess, MaxSharesPerMinute, algorithm)
            : asked < easiest ? easiest
            : asked > hardest ? hardest
            : asked;
    }

    public static Difficulty For(Hashrate rate, int sharesPerMinute, Algorithm algorithm) =>
        Difficulty.ForWorkPerShare(rate.Over(TimeSpan.FromMinutes(1) / sharesPerMinute), algorithm);

    public static bool IsFar(Difficulty current, Difficulty wanted, Algorithm algorithm)
    {
        var have = Work.Of(current.ToTarget(algorithm), algorithm).Hashes;
        var want = Work.Of(wanted.ToTarget(algorithm), algorithm).Hashes;
        return have * NearDenominator > want * NearNumerator || want * NearDenominator > have * NearNumerator;
    }

    public static bool IsNear(double shares, double expected) =>
        shares * NearDenominator <= expected * NearNumerator && expected * NearDenominator <= shares * NearNumerator;
}
