using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>
/// The first byte of a record's body. From 16 on it is a <see cref="RecordKind"/>: the body is proof as it stands.
/// </summary>
internal enum LogRecordKind : byte
{
    CountedShare = 1,
    SealedReading = 2,
    SealedHead = 3,
    Outage = 4,
    ContractClosed = 5,
    RefusedWork = 6,
}

internal static class LogRecordKinds
{
    private const byte FirstOfProof = 16;

    /// <summary>The record of proof in a body; empty where there is none.</summary>
    public static ReadOnlyMemory<byte> ProofIn(LogEntry entry) => entry.Kind switch
    {
        LogRecordKind.CountedShare => CountedShareRecord.Read(entry.Body).Proof,
        >= (LogRecordKind)FirstOfProof => entry.Body,
        _ => ReadOnlyMemory<byte>.Empty,
    };
}
