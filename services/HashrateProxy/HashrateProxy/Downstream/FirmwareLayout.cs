namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// How many extranonce bytes a connection gets: A of extranonce1 and B of extranonce2. Three bytes are enough for one
/// machine, and for a farm's proxy that hands one of them on; they fit pools that leave four. Proxies that are known to
/// want more get more, and do not fit such pools.
/// </summary>
internal sealed record FirmwareLayout(int Extranonce1Bytes, int Extranonce2Bytes)
{
    private static readonly FirmwareLayout SingleMachine = new(1, 3);
    private static readonly FirmwareLayout Aggregator = new(1, 7);

    private static readonly string[] AggregatorAgents = ["braiinsfarmproxy", "ckproxy", "btcagent", "nicehash"];

    public int TotalBytes => Extranonce1Bytes + Extranonce2Bytes;

    public static FirmwareLayout Of(string userAgent) =>
        Array.Exists(AggregatorAgents, agent => userAgent.Contains(agent, StringComparison.OrdinalIgnoreCase))
            ? Aggregator
            : SingleMachine;
}
