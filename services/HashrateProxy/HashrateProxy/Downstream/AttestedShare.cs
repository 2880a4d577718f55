using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.HashrateProxy.Wire;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// A share that its pool alone can judge, from its submit to the pool's answer: in the log before it goes up, credited
/// when the pool accepts it and that is in the log too, and its worker told what the pool said. It may be over before
/// the worker is gone, or after.
/// </summary>
/// <param name="requestId">The worker's own, as it came.</param>
/// <param name="job">Whose contract it counts for, and at what difficulty.</param>
/// <param name="nameNumber">Which of the worker's names it came under.</param>
/// <param name="worker">Who sent it.</param>
/// <param name="rig">Whose worker that is.</param>
/// <param name="outbox">The worker's.</param>
/// <param name="log">Where it is written down.</param>
internal sealed class AttestedShare(
    byte[] requestId,
    AssignedJob job,
    int nameNumber,
    WorkerConnection worker,
    RigRouter rig,
    LineOutbox<DownstreamLineWriter> outbox,
    ShareLogWriter log) : IAwaitedShare
{
    private long _number;

    /// <returns>False when the log has no room for it, or had none for its job: it must not go up.</returns>
    public bool TryLog(in SubmitRequest submit)
    {
        if (job.Number is not { } number)
        {
            return false;
        }

        worker.SayNames();
        var stamp = job.Source.Meter.Await(
            new AttestedShareRecord(
                ProofRecorder.StampOf(job.Source.ContractId), number, (byte)nameNumber, submit.Extranonce2,
                submit.NTime, submit.Nonce, submit.VersionBits),
            log);
        _number = stamp?.Number ?? 0;
        return stamp is not null;
    }

    public void Answered(PoolAnswerKind answer, StratumError error)
    {
        var answered = new AnsweredShare
        {
            ContractId = job.Source.ContractId,
            Share = _number,
            Answer = answer,
            Error = error,
            Work = job.Work,
            WorkerName = worker.Handshake.NameAt(nameNumber),
        };
        if (job.Source.Meter.RecordAnswer(answered, log) is { At: var at })
        {
            rig.Meter.Count(answered.Verdict, job.Work, at, worker.SettledAt);
            worker.Count(answered.Verdict, job.Work, at);
            Tell(answer, error);
        }
        else
        {
            Refuse(StratumError.NotRecorded);
        }
    }

    private void Tell(PoolAnswerKind answer, StratumError error)
    {
        switch (answer)
        {
            case PoolAnswerKind.Accepted:
                outbox.Append(requestId, static (lines, id) => lines.True(id));
                break;
            case PoolAnswerKind.Refused:
                Refuse(error);
                break;
            default:
                Refuse(StratumError.Unanswered);
                break;
        }
    }

    private void Refuse(StratumError error) => outbox.Append(
        new Refusal(requestId, error), static (lines, answer) => lines.Error(answer.Id, answer.Error));
}
