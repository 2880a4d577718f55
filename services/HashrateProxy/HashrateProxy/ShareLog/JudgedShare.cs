using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>A submit with its verdict, on its way into the log and the meters; lives on the stack.</summary>
internal readonly ref struct JudgedShare : ICountedShare
{
    public required ContractId? ContractId { get; init; }

    /// <summary>Ours.</summary>
    public required ShareVerdict Verdict { get; init; }

    public required Work Work { get; init; }

    public required string WorkerName { get; init; }

    /// <summary>Which of its connection's names that is.</summary>
    public required byte NameNumber { get; init; }

    /// <summary>The number of the worker's connection.</summary>
    public required long Connection { get; init; }

    /// <summary>The number of its downstream job; null for a submit that stands for no header.</summary>
    public required long? Job { get; init; }

    /// <summary>As it was read; empty without a job.</summary>
    public required SubmitRequest Submit { get; init; }

    /// <summary>The parameters as they were sent.</summary>
    public required ReadOnlySpan<byte> Sent { get; init; }

    public int WriteProof(Span<byte> body, in RecordStamp stamp) => Job is { } job
        ? new ShareRecord(
            stamp, job, NameNumber, Verdict, Submit.Extranonce2, Submit.NTime, Submit.Nonce, Submit.VersionBits)
            .Write(body)
        : new StrayShareRecord(stamp, Connection, Verdict, Sent).Write(body);
}
