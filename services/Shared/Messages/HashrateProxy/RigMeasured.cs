namespace Marketplace.Messages.HashrateProxy;

/// <summary>What a rig really did in one closed minute on one node, whoever it worked for.</summary>
public sealed record RigMeasured(
    Guid RigId,
    string NodeName,
    DateTimeOffset MinuteAt,
    UInt128 AcceptedHashes,
    UInt128 RejectedHashes,
    int WorkerCount);
