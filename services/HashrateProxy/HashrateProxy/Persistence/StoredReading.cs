namespace Marketplace.HashrateProxy.Persistence;

/// <summary>A sealed reading, kept byte for byte so that a hole can be served again.</summary>
internal sealed class StoredReading
{
    public required string NodeName { get; init; }

    /// <summary>1, 2, 3, ... without gaps per node.</summary>
    public required long Sequence { get; init; }

    public required ContractId ContractId { get; init; }

    public required DateTimeOffset MinuteAt { get; init; }

    public required Work AcceptedWork { get; init; }

    public required byte[] Payload { get; init; }

    public required byte[] Signature { get; init; }

    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>When Billing said it is in the books.</summary>
    public DateTimeOffset? AcknowledgedAt { get; set; }
}
