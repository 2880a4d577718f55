namespace Marketplace.HashrateProxy.Nodes;

/// <summary>How far one node is with a contract.</summary>
internal sealed class NodeRoute
{
    public required ContractId ContractId { get; init; }

    public required string NodeName { get; init; }

    /// <summary>When the first job of the renter's pool reached a worker.</summary>
    public DateTimeOffset? FirstJobAt { get; set; }

    /// <summary>When the last worker left and the last minute was sealed; null while the route lives.</summary>
    public DateTimeOffset? ReleasedAt { get; set; }
}
