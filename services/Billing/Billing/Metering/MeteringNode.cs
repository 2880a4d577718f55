namespace Marketplace.Billing.Metering;

/// <summary>How far the numbered readings of a proxy node have come.</summary>
internal sealed class MeteringNode
{
    public required string Name { get; init; }

    /// <summary>Every reading up to and including this number is here.</summary>
    public long ContiguousThrough { get; private set; }

    public long HighestSeen { get; private set; }

    /// <summary>Since when readings are missing, or when they were last asked for; null without a hole.</summary>
    public DateTimeOffset? HoleSinceAt { get; private set; }

    public bool HasHole => HighestSeen > ContiguousThrough;

    /// <param name="contiguousThrough">As counted after this reading was stored.</param>
    public void Receive(long sequence, long contiguousThrough, DateTimeOffset at)
    {
        var isFilling = contiguousThrough > ContiguousThrough;
        (HighestSeen, ContiguousThrough) = (Math.Max(HighestSeen, sequence), contiguousThrough);
        HoleSinceAt = HasHole ? isFilling ? at : HoleSinceAt ?? at : null;
    }

    public void Ask(DateTimeOffset at) => HoleSinceAt = at;
}
