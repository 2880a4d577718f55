namespace Marketplace.Billing.Metering;

/// <summary>A meter reading as it came, bytes and all; its key is (contract, minute, node, revision).</summary>
internal sealed class StoredReading
{
    public required ContractId ContractId { get; init; }

    public required DateTimeOffset MinuteAt { get; init; }

    public required string NodeName { get; init; }

    public required int Revision { get; init; }

    public required long Sequence { get; init; }

    public required Work Promised { get; init; }

    public required Work Accepted { get; init; }

    public required Work MissingBySeller { get; init; }

    public required Work MissingByRenter { get; init; }

    public required Work MissingByPool { get; init; }

    public required Work MissingByMarketplace { get; init; }

    /// <summary>Accepted work that the renter's pool refuses and nothing explains.</summary>
    public required Work Disputed { get; init; }

    /// <summary>Of the accepted work: what is disputed beyond the limit of the proxy.</summary>
    public required Work Unpaid { get; init; }

    /// <summary>Accepted work that a pool refuses for what the marketplace sent it.</summary>
    public required Work RefusedByMarketplace { get; init; }

    public required bool IsLast { get; init; }

    /// <summary>What was signed, with the workers' figures and the pools' answers.</summary>
    public required byte[] Payload { get; init; }

    public required byte[] Signature { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}
