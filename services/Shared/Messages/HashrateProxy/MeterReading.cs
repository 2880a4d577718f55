using System.Text.Json;

namespace Marketplace.Messages.HashrateProxy;

/// <summary>
/// A contract's work in one minute on one node. Its key is (contract, minute, node, revision). Missing work is split by
/// fault and sums to promised less delivered, never below zero.
/// </summary>
/// <param name="MinuteAt">The first instant of the minute, UTC.</param>
/// <param name="Revision">0, then 1, 2, ... for late corrections; a correction carries only what it adds.</param>
/// <param name="PromisedHashes">The contract's hashrate over the part of the minute in which it ran.</param>
/// <param name="IsLast">No later minute of this contract will come from this node.</param>
public sealed record MeterReading(
    Guid ContractId,
    string NodeName,
    long Sequence,
    DateTimeOffset MinuteAt,
    int Revision,
    UInt128 PromisedHashes,
    UInt128 AcceptedHashes,
    MissingWork Missing,
    IReadOnlyList<WorkerReading> Workers,
    PoolAnswers PoolAnswers,
    RefusedWork Refused,
    bool IsLast)
{
    /// <summary>The bytes that are sealed, signed and resent.</summary>
    public byte[] ToPayload() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="JsonException">The bytes are not a meter reading.</exception>
    public static MeterReading FromPayload(ReadOnlySpan<byte> payload) =>
        JsonSerializer.Deserialize<MeterReading>(payload) ?? throw new JsonException("An empty meter reading.");
}

/// <summary>Missing work of a minute in hashes, by who caused it; each part rests on an event.</summary>
public sealed record MissingWork(
    UInt128 SellerHashes, UInt128 RenterHashes, UInt128 PoolHashes, UInt128 MarketplaceHashes);

/// <summary>
/// One worker's part of a minute. Rejected work is kept by reason: <c>stale</c>, <c>duplicate</c>, ...
/// </summary>
public sealed record WorkerReading(
    string WorkerName,
    UInt128 AcceptedHashes,
    int AcceptedShares,
    IReadOnlyDictionary<string, RejectedReading> Rejected);

public sealed record RejectedReading(UInt128 Hashes, int Shares);

/// <summary>
/// Accepted work that a pool refuses, in hashes; it may have been accepted in a minute before the one in which it came
/// into doubt.
/// </summary>
/// <param name="DisputedHashes">
/// Between two accepted answers of the pool with a refusal among them that nothing explains.
/// </param>
/// <param name="UnpaidHashes">
/// Of this minute's accepted work: what is disputed beyond the limit at which a destination is left. It is not paid.
/// </param>
/// <param name="MarketplaceHashes">Refused for what the marketplace sent to the pool: the marketplace pays.</param>
public sealed record RefusedWork(UInt128 DisputedHashes, UInt128 UnpaidHashes, UInt128 MarketplaceHashes)
{
    public static RefusedWork None { get; } = new(0, 0, 0);
}

/// <summary>What the pools said to the shares that were forwarded to them in this minute.</summary>
public sealed record PoolAnswers(int Accepted, int Refused, int Unanswered);
