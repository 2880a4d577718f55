using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>
/// Picks the accepted shares that meet a target, and the jobs they need, each with its path to its head's root. The
/// hash picks them: nobody could make a better one come out.
/// </summary>
internal sealed class CompactSelection(Target target)
{
    private readonly Dictionary<long, Place> _jobPlaces = [];
    private readonly HashSet<long> _written = [];
    private JobBook _jobs = new();
    private DateTimeOffset _forgetAt;

    public IReadOnlyList<ProvedRecord> Select(MinuteHead head, IReadOnlyList<byte[]> records)
    {
        if (head.Index == 0)
        {
            BeginNode();
        }

        Forget(head.MinuteAt);
        var tree = new MerkleTree(records);
        var selected = new List<ProvedRecord>();
        for (var index = 0; index < records.Count; index++)
        {
            var place = new Place(head, tree, index, records[index]);
            switch (RecordStamp.KindOf(place.Body))
            {
                case RecordKind.Share:
                    Select(place, selected);
                    break;
                case RecordKind.PoolJob or RecordKind.DownstreamJob:
                    _jobs.Add(place.Body);
                    _jobPlaces[RecordStamp.Of(place.Body).Number] = place;
                    break;
                default:
                    break;
            }
        }

        return selected;
    }

    private void Select(Place place, List<ProvedRecord> selected)
    {
        var share = ShareRecord.Read(place.Body);
        if (share.Verdict != ShareVerdict.Accepted || _jobs.Find(share) is not { } job)
        {
            return;
        }

        Span<byte> header = stackalloc byte[BlockHeader.SizeBytes];
        job.Job.Judge(share.ToSubmit(), job.Record.WorkerExtranonce1, job.Record.VersionMask, header, out var hash);
        if (!hash.Meets(target))
        {
            return;
        }

        foreach (var number in (ReadOnlySpan<long>)[job.Record.PoolJob, job.Record.Stamp.Number])
        {
            if (_written.Add(number))
            {
                selected.Add(_jobPlaces[number].ToProved());
            }
        }

        selected.Add(place.ToProved());
    }

    private void BeginNode()
    {
        _jobs = new JobBook();
        _jobPlaces.Clear();
        _written.Clear();
    }

    private void Forget(DateTimeOffset now)
    {
        if (now < _forgetAt)
        {
            return;
        }

        _forgetAt = now + JobBook.ForgetEvery;
        foreach (var (number, place) in _jobPlaces)
        {
            if (now - place.Head.MinuteAt > 2 * JobBook.MaxJobAge + MinuteHead.Length)
            {
                _jobPlaces.Remove(number);
            }
        }
    }

    private sealed record Place(MinuteHead Head, MerkleTree Tree, int Index, byte[] Body)
    {
        public ProvedRecord ToProved() => new(Head.Index, Index, Tree.InclusionPath(Index), Body);
    }
}
