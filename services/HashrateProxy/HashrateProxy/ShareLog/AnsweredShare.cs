using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>A pool's answer to a share that it alone can judge, on its way into the log and the meters.</summary>
internal readonly record struct AnsweredShare : ICountedShare
{
    public required ContractId? ContractId { get; init; }

    /// <summary>The number of its <see cref="AttestedShareRecord"/>.</summary>
    public required long Share { get; init; }

    public required PoolAnswerKind Answer { get; init; }

    /// <summary>The pool's words, of a refusal.</summary>
    public required StratumError Error { get; init; }

    public required Work Work { get; init; }

    public required string WorkerName { get; init; }

    public ShareVerdict Verdict => VerdictOf(Answer);

    public static ShareVerdict VerdictOf(PoolAnswerKind answer) =>
        answer == PoolAnswerKind.Accepted ? ShareVerdict.Accepted : ShareVerdict.Unattested;

    public int WriteProof(Span<byte> body, in RecordStamp stamp) =>
        new PoolAnswerRecord(stamp, Share, Answer, Error.Code, Error.Text ?? "").Write(body);
}
