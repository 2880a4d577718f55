namespace Marketplace.HashrateProxy.Nodes;

/// <summary>Where a node can be asked by the others, as it said last.</summary>
internal sealed class StoredNode
{
    public required string NodeName { get; init; }

    /// <summary>The root of its HTTP host, such as <c>http://10.0.0.7:8085</c>.</summary>
    public required string Address { get; set; }

    public required DateTimeOffset SeenAt { get; set; }
}
