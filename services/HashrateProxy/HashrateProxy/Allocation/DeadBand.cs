using System.Numerics;

namespace Marketplace.HashrateProxy.Allocation;

/// <summary>Tells a difference that counts from one that is chance. Pure.</summary>
internal static class DeadBand
{
    private const int Sigmas = 2;

    public static Balance Judge(ContractDemand demand, AllocationPolicy policy)
    {
        var difference = (BigInteger)demand.ProvedSoFar.Hashes - demand.PromisedSoFar.Hashes;
        return IsWithin(1, difference, demand, policy) ? Balance.Even
            : difference < 0 ? Balance.Behind
            : IsWithin(2, difference, demand, policy) ? Balance.Ahead
            : Balance.FarAhead;
    }

    /// <summary>
    /// The band is the larger of the tolerance and two sigma. The sigma of n shares is their work over the square root
    /// of n, so that both sides are compared squared and nothing is rounded.
    /// </summary>
    private static bool IsWithin(int bands, BigInteger difference, ContractDemand demand, AllocationPolicy policy)
    {
        var promised = (BigInteger)demand.PromisedSoFar.Hashes * bands;
        return BigInteger.Abs(difference) * 1000 <= promised * policy.TolerancePerMille
            || BigInteger.Pow(difference, 2) * Math.Max(1, demand.SharesSoFar) <= BigInteger.Pow(promised * Sigmas, 2);
    }
}
