namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// How many extranonce bytes a connection gets: A of extranonce1 and B of extranonce2. Three bytes are enough for one
/// machine, and for a farm's proxy that hands one of them on; they fit pools that leave four. Proxies that are known to
/// want more get more.
/// </summary>
internal sealed record FirmwareLayout(int Extranonce1Bytes, int Extranonce2Bytes)
{
    /// <summary>Best first: what fits most pools, what firmware may want instead, what short pools leave.</summary>
    private static readonly FirmwareLayout[] OfSingleMachines =
        [new(1, 3), new(1, 7), new(0, 4), new(1, 2), new(0, 3), new(0, 2)];

    private static readonly FirmwareLayout[] OfAggregators = [new(1, 7), new(1, 3), new(0, 4), new(0, 3)];

    /// <summary>User agents that want more than a single machine, with the fewest bytes they take.</summary>
    private static readonly (string Agent, int LeastExtranonce2Bytes)[] Aggregators =
        [("braiinsfarmproxy", 3), ("ckproxy", 3), ("btcagent", 3), ("nicehash", 4)];

    public int TotalBytes => Extranonce1Bytes + Extranonce2Bytes;

    /// <summary>What may be given to this firmware, best first.</summary>
    public static IEnumerable<FirmwareLayout> CandidatesFor(string userAgent)
    {
        foreach (var (agent, least) in Aggregators)
        {
            if (userAgent.Contains(agent, StringComparison.OrdinalIgnoreCase))
            {
                return OfAggregators.Where(layout => layout.Extranonce2Bytes >= least);
            }
        }

        return OfSingleMachines;
    }
}
