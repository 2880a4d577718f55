using Marketplace.Client.HashrateProxy;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Heads;

/// <summary>A head as its parties are shown it, whichever way it reaches them.</summary>
internal static class HeadViews
{
    public static ContractHead Of(SignedHead signed)
    {
        var head = signed.ToHead();
        return new ContractHead(
            head.NodeName,
            head.Index,
            head.MinuteAt,
            head.LeafCount,
            Convert.ToHexStringLower(head.Root),
            head.Verdicts[ShareVerdict.Accepted].Work,
            head.ClosedAt,
            head.IsLast,
            signed.ToText());
    }
}
