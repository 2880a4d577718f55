namespace Marketplace.Messages.HashrateProxy;

/// <summary>What a rig really did in one closed minute on one node, whoever it worked for.</summary>
/// <param name="SettledHashes">
/// The accepted work of workers whose pace had settled before the minute began: what a rig is measured by.
/// </param>
/// <param name="WorkerCount">Workers that were connected when the minute was closed.</param>
/// <param name="SettledWorkerCount">Those of them whose work is in the settled part.</param>
public sealed record RigMeasured(
    Guid RigId,
    string NodeName,
    DateTimeOffset MinuteAt,
    UInt128 AcceptedHashes,
    UInt128 SettledHashes,
    UInt128 RejectedHashes,
    int WorkerCount,
    int SettledWorkerCount);
