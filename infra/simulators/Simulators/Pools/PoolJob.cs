using System.Numerics;
using System.Text.Json.Nodes;
using Marketplace.Simulators.Wire;

namespace Marketplace.Simulators.Pools;

/// <summary>A job as it goes over the wire. Its branches are its own, so that no header is valid in two jobs.</summary>
/// <param name="Sequence">Grows with every job of the pool.</param>
/// <param name="Block">The previous block it builds on.</param>
internal sealed record PoolJob(
    string Id,
    long Sequence,
    PoolBlock Block,
    byte[] CoinbaseStart,
    byte[] CoinbaseEnd,
    IReadOnlyList<byte[]> Branches,
    uint Version,
    uint NetworkBits,
    uint Time)
{
    public string Notify(bool isClean) => JsonLine.Call(
        null,
        "mining.notify",
        Id,
        Hex.Of(Block.PreviousHashOnWire),
        Hex.Of(CoinbaseStart),
        Hex.Of(CoinbaseEnd),
        new JsonArray([.. Branches.Select(branch => (JsonNode)Hex.Of(branch))]),
        Hex.Of(Version),
        Hex.Of(NetworkBits),
        Hex.Of(Time),
        isClean);
}

/// <summary>A previous block with the headers that were already credited on it.</summary>
internal sealed record PoolBlock(byte[] PreviousHashOnWire)
{
    /// <summary>Headers remembered per block; a full set makes the block's jobs stale rather than forget one.</summary>
    public const int MaxCreditedHeaders = 1_000_000;

    private readonly HashSet<BigInteger> _credited = [];

    public bool IsFull
    {
        get
        {
            lock (_credited)
            {
                return _credited.Count >= MaxCreditedHeaders;
            }
        }
    }

    public bool TryCredit(BigInteger headerHash)
    {
        lock (_credited)
        {
            return _credited.Add(headerHash);
        }
    }
}
