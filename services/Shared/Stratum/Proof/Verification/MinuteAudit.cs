using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>
/// The leaves of one head in a complete certificate: are they all, as they were, in their order and time?
/// </summary>
internal sealed class MinuteAudit(MinuteHead head, ShareAudit shares, Findings findings)
{
    private readonly MerkleAccumulator _leaves = new();
    private readonly VerdictSums _verdicts = new();
    private long _lastNumber = long.MinValue;

    public MinuteHead Head => head;

    public void Add(ReadOnlySpan<byte> body)
    {
        _leaves.Append(body);
        try
        {
            CheckOrder(RecordStamp.Of(body));
            switch (RecordStamp.KindOf(body))
            {
                case RecordKind.Share:
                    var share = ShareRecord.Read(body);
                    _verdicts.Count(share.Verdict, shares.Add(share));
                    break;
                case RecordKind.StrayShare:
                    var stray = StrayShareRecord.Read(body);
                    _verdicts.Count(stray.Verdict, Work.Zero);
                    shares.Add(stray);
                    break;
                case RecordKind.Worker:
                    shares.Add(WorkerRecord.Read(body));
                    break;
                case RecordKind.AttestedShare:
                    shares.Add(AttestedShareRecord.Read(body));
                    break;
                case RecordKind.PoolAnswer:
                    if (shares.Add(PoolAnswerRecord.Read(body)) is { } attested)
                    {
                        _verdicts.Count(ShareVerdict.Accepted, attested);
                    }

                    break;
                default:
                    shares.AddJob(body);
                    break;
            }
        }
        catch (RecordFormatException unreadable)
        {
            findings.Add(FindingKind.Unreadable, $"{Name}, record {_leaves.Count}: {unreadable.Message}");
        }
    }

    /// <summary>All its leaves were added.</summary>
    public void Close()
    {
        shares.Settle();
        if (_leaves.Count != head.LeafCount || !_leaves.Root().AsSpan().SequenceEqual(head.Root))
        {
            findings.Add(
                FindingKind.WrongRoot,
                $"{Name}: its {_leaves.Count} records are not the {head.LeafCount} that were signed for.");
        }
        else if (!_verdicts.SameAs(head.Verdicts))
        {
            findings.Add(FindingKind.WrongSums, $"{Name}: its head adds them up to something else.");
        }
    }

    /// <summary>A leaf belongs to the contract and into the minute of its head.</summary>
    public static void CheckPlace(RecordStamp stamp, MinuteHead head, Findings findings)
    {
        if (stamp.ContractId != head.ContractId)
        {
            findings.Add(
                FindingKind.Unreadable, $"{NameOf(head)}: record {stamp.Number} belongs to another contract.");
        }

        if (stamp.At < head.MinuteAt || stamp.At >= head.MinuteAt + MinuteHead.Length)
        {
            findings.Add(FindingKind.Retimed, $"{NameOf(head)}: record {stamp.Number} is of {stamp.At:u}.");
        }
    }

    private void CheckOrder(RecordStamp stamp)
    {
        CheckPlace(stamp, head, findings);
        if (stamp.Number <= _lastNumber)
        {
            findings.Add(FindingKind.OutOfOrder, $"{Name}: record {stamp.Number} stands behind {_lastNumber}.");
        }

        _lastNumber = stamp.Number;
    }

    private string Name => NameOf(head);

    private static string NameOf(MinuteHead head) => $"Minute {head.MinuteAt:u} on {head.NodeName}";
}
