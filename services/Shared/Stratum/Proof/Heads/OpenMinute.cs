using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>A minute of a contract on one node while its records are read.</summary>
public sealed class OpenMinute
{
    private readonly MerkleAccumulator _leaves = new();
    private readonly VerdictSums _verdicts = new();

    /// <summary>Adds the next record in the order of the log.</summary>
    /// <param name="body">The record.</param>
    /// <param name="jobs">Jobs of this and earlier minutes; a job among the records is added to it.</param>
    /// <exception cref="RecordFormatException">It is no record, or a share of a job that is not known.</exception>
    public void Add(ReadOnlySpan<byte> body, JobBook jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        switch (RecordStamp.KindOf(body))
        {
            case RecordKind.Share:
                var share = ShareRecord.Read(body);
                var job = jobs.Find(share) ?? throw new RecordFormatException(
                    $"Share {share.Stamp.Number} belongs to job {share.Job}, which is not recorded.");
                _verdicts.Count(share.Verdict, job.Work);
                break;
            case RecordKind.StrayShare:
                _verdicts.Count(StrayShareRecord.Read(body).Verdict, Work.Zero);
                break;
            case RecordKind.PoolAnswer:
                if (jobs.CreditedBy(PoolAnswerRecord.Read(body)) is { } attested)
                {
                    _verdicts.Count(ShareVerdict.Accepted, attested);
                }

                break;
            default:
                jobs.Add(body);
                break;
        }

        _leaves.Append(body);
    }

    /// <summary>The head of what was added.</summary>
    /// <param name="previous">The head before, null for the first; this one's index and link follow from it.</param>
    public MinuteHead Close(
        ContractId contractId, string nodeName, DateTimeOffset minuteAt, MinuteHead? previous,
        DateTimeOffset closedAt, bool isLast) => new(
        contractId,
        nodeName,
        previous is null ? 0 : previous.Index + 1,
        minuteAt,
        _leaves.Count,
        _leaves.Root(),
        previous?.Hash() ?? MinuteHead.NoHead,
        _verdicts,
        closedAt,
        isLast);
}
