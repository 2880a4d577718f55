namespace Marketplace.HashrateProxy.Nodes;

/// <summary>What a rig's workers on one node do, as that node said last.</summary>
internal sealed class NodeRig
{
    public required RigId RigId { get; init; }

    public required string NodeName { get; init; }

    public required Hashrate Connected { get; set; }

    public required DateTimeOffset SeenAt { get; set; }
}
