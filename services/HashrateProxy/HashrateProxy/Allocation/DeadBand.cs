namespace Marketplace.HashrateProxy.Allocation;

/// <summary>Tells a difference that counts from one that is chance, and what to do about it. Pure.</summary>
internal static class DeadBand
{
    private const int Sigmas = 2;

    public static Balance Judge(ContractDemand demand, AllocationPolicy policy)
    {
        var width = Width(demand, policy);
        return demand.ProvedSoFar.ShortOf(demand.PromisedSoFar) > width ? Balance.Behind
            : demand.PromisedSoFar.ShortOf(demand.ProvedSoFar) > width ? Balance.Ahead
            : Balance.Even;
    }

    /// <summary>
    /// The hashrate a contract should have now: its own, and what is out of the band over the recovery time. So an
    /// estimate that is wrong for good is put right by the work that is really proved.
    /// </summary>
    public static Hashrate Wanted(ContractDemand demand, AllocationPolicy policy)
    {
        var width = Width(demand, policy);
        var behind = width.ShortOf(demand.ProvedSoFar.ShortOf(demand.PromisedSoFar));
        var ahead = width.ShortOf(demand.PromisedSoFar.ShortOf(demand.ProvedSoFar));
        var less = Hashrate.Of(ahead, AllocationPolicy.RecoveryTime);
        return demand.Rate + Hashrate.Of(behind, AllocationPolicy.RecoveryTime)
            - (less < demand.Rate ? less : demand.Rate);
    }

    /// <summary>
    /// The larger of the tolerance and two sigma; the sigma of n equal shares is their work over the square root of n.
    /// </summary>
    private static Work Width(ContractDemand demand, AllocationPolicy policy)
    {
        var promised = demand.PromisedSoFar.Hashes;
        var tolerated = promised * (uint)policy.TolerancePerMille / 1000;
        var chance = promised * Sigmas / (ulong)Math.Sqrt(Math.Max(1, demand.SharesSoFar));
        return new Work(UInt128.Max(tolerated, chance));
    }
}
