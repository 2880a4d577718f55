namespace Marketplace.Billing.Metering;

/// <summary>A node's word that it is done with a contract.</summary>
internal sealed class NodeClosing
{
    public required ContractId ContractId { get; init; }

    public required string NodeName { get; init; }

    /// <summary>Of the contract's last reading on this node; zero when it never worked for it.</summary>
    public required long LastSequence { get; init; }

    public required DateTimeOffset ReleasedAt { get; init; }
}
