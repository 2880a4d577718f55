namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// How many extranonce bytes a connection gets: A of extranonce1 and B of extranonce2. Three bytes are enough for one
/// machine and fit pools that leave four; a farm's own proxy hands a part of its B on to its machines and needs more.
/// </summary>
internal sealed record FirmwareLayout(int Extranonce1Bytes, int Extranonce2Bytes)
{
    private static readonly FirmwareLayout SingleMachine = new(1, 3);
    private static readonly FirmwareLayout Aggregator = new(1, 7);

    private static readonly string[] AggregatorAgents = ["farm-proxy", "braiinsfarmproxy", "ckproxy", "btcagent", "nicehash"];

    public static FirmwareLayout Of(string userAgent) =>
        Array.Exists(AggregatorAgents, agent => userAgent.Contains(agent, StringComparison.OrdinalIgnoreCase))
            ? Aggregator
            : SingleMachine;
}
