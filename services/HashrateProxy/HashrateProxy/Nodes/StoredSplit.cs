using System.Text.Json;

namespace Marketplace.HashrateProxy.Nodes;

/// <summary>A split that every node reckons with; whoever writes it first decides.</summary>
internal sealed class StoredSplit
{
    public required ContractId ContractId { get; init; }

    public required DateTimeOffset FromAt { get; init; }

    /// <summary>The <see cref="NodePart"/>s.</summary>
    public required string Parts { get; init; }

    public ContractSplit ToSplit() => new(FromAt, JsonSerializer.Deserialize<List<NodePart>>(Parts)!);
}
