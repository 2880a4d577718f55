using System.Buffers.Binary;
using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>One certificate while its frames are read.</summary>
internal sealed class CertificateAudit : IDisposable
{
    /// <summary>Of a billion honest certificates one is taken for made up.</summary>
    private const double NoLuck = 1e-9;

    private readonly CertificateTerms _terms;
    private readonly Findings _findings;
    private readonly HeadChain _chain;
    private readonly ShareAudit _shares;
    private readonly List<MinuteHead> _nodeHeads = [];
    private readonly List<NodeReport> _nodes = [];
    private readonly VerdictSums _stated = new();
    private (long Matched, Work Proved) _beforeNode;
    private MinuteAudit? _minute;
    private long _records;

    public CertificateAudit(CertificateTerms terms, VerificationOptions options, Findings findings)
    {
        (_terms, _findings) = (terms, findings);
        _chain = new HeadChain(terms, options, findings);
        _shares = new ShareAudit(terms, options, findings);
        _chain.ReadStatedKeys();
    }

    /// <exception cref="RecordFormatException">The frame cannot be read, or stands where it must not.</exception>
    public void Add(FrameKind kind, ReadOnlySpan<byte> content)
    {
        switch (kind)
        {
            case FrameKind.Head:
                BeginMinute(content);
                break;
            case FrameKind.Record when _minute is not null:
                _records++;
                _minute.Add(content);
                break;
            case FrameKind.ProvedRecord when _terms.IsCompact:
                _records++;
                AddProved(ProvedRecord.Read(content));
                break;
            default:
                throw new RecordFormatException($"A frame of kind {(byte)kind} has no place here.");
        }
    }

    /// <summary>The last frame has come.</summary>
    public void Close(ReadOnlySpan<byte> end)
    {
        _minute?.Close();
        Settle();
        if (end.Length != 2 * sizeof(long)
            || BinaryPrimitives.ReadInt64LittleEndian(end) != _chain.Count
            || BinaryPrimitives.ReadInt64LittleEndian(end[sizeof(long)..]) != _records)
        {
            _findings.Add(FindingKind.Unreadable, "The file's end counts other heads and records than it has.");
        }

        _chain.Close();
        if (_terms.ProofDifficulty is { } difficulty)
        {
            CheckStated(difficulty);
        }
    }

    /// <summary>Judges the shares that were only taken in yet.</summary>
    public void Settle() => _shares.Settle();

    /// <summary>What was found, also when the file could not be read to its end.</summary>
    public void Tell(CertificateReport report)
    {
        var end = _terms.EndAt < _chain.CoveredUntil ? _terms.EndAt : _chain.CoveredUntil;
        report.Window = end > _terms.StartAt ? end - _terms.StartAt : TimeSpan.Zero;
        (report.Heads, report.HeadsMatched) = (_chain.Count, _chain.Matched);
        CloseNode();
        report.Nodes = _nodes;
        (report.Verdicts, report.Proved) = (Verdicts, _shares.Proved.ToEstimate());
        (report.Stated, report.PoolAnswers) = (_stated[ShareVerdict.Accepted].Work, _shares.PoolAnswers);
        (report.Payees, report.BlockHashes) = (_shares.Payees, _shares.Blocks);
        report.Blocks = new BlockLuck(_shares.ExpectedBlocks, _shares.Blocks.Count);
        report.TailPValue = _shares.Workers.All.PValue();
        _shares.Workers.Report(_findings);
        if (report.Blocks.IsSuspicious)
        {
            _findings.Add(
                FindingKind.FewBlocks, $"Honest hardware finds so few blocks with p = {report.Blocks.PValue:0.0e+0}.");
        }
    }

    public void Dispose() => _chain.Dispose();

    /// <summary>A compact certificate shows a few shares; what they tell of all is the heads' word.</summary>
    private VerdictSums Verdicts => _terms.IsCompact ? _stated : _shares.Verdicts;

    /// <summary>More work than the shares that are shown can carry was made up.</summary>
    private void CheckStated(Difficulty difficulty)
    {
        var (shown, stated) = (_shares.Proved.ToEstimate(), _stated[ShareVerdict.Accepted].Work);
        var each = shown.EffectiveShares > 0
            ? (double)shown.Work.Hashes / shown.EffectiveShares
            : (double)Work.Of(difficulty.ToTarget(_terms.Algorithm), _terms.Algorithm).Hashes;
        var probability = Distributions.PoissonAtMost(
            (long)Math.Ceiling(shown.EffectiveShares), (double)stated.Hashes / each);
        if (probability < NoLuck)
        {
            _findings.Add(
                FindingKind.Overstated,
                $"The heads state {stated} hashes, the shares that are shown {shown.Work}: p = {probability:0.0e+0}.");
        }
    }

    private void BeginMinute(ReadOnlySpan<byte> frame)
    {
        _minute?.Close();
        if (frame.Length <= SignedHead.SignatureBytes)
        {
            throw new RecordFormatException("A head ends too early.");
        }

        var signature = frame[..SignedHead.SignatureBytes].ToArray();
        var signed = new SignedHead(frame[SignedHead.SignatureBytes..].ToArray(), signature);
        var head = signed.ToHead();
        if (_nodeHeads is [.., var last] && last.NodeName != head.NodeName)
        {
            CloseNode();
        }

        if (_chain.Add(signed, head))
        {
            _shares.BeginNode();
        }

        _nodeHeads.Add(head);
        _stated.Add(head.Verdicts);
        _minute = _terms.IsCompact ? null : new MinuteAudit(head, _shares, _findings);
    }

    private void CloseNode()
    {
        Settle();
        if (_nodeHeads.Count > 0 && (_nodeHeads[0], _nodeHeads[^1]) is var (first, last))
        {
            _nodes.Add(new NodeReport(
                first.NodeName, _nodeHeads.Count, _chain.Matched - _beforeNode.Matched, first.MinuteAt, last.MinuteAt,
                last.IsLast, _shares.Proved.Work - _beforeNode.Proved));
        }

        _beforeNode = (_chain.Matched, _shares.Proved.Work);
        _nodeHeads.Clear();
    }

    private void AddProved(ProvedRecord proved)
    {
        var head = proved.HeadIndex >= 0 && proved.HeadIndex < _nodeHeads.Count
            ? _nodeHeads[(int)proved.HeadIndex]
            : null;
        if (head is null || !proved.IsUnder(head))
        {
            _findings.Add(FindingKind.WrongRoot, $"Record {_records} is not under the head that it names.");
            return;
        }

        try
        {
            MinuteAudit.CheckPlace(RecordStamp.Of(proved.Body), head, _findings);
            if (RecordStamp.KindOf(proved.Body) == RecordKind.Share)
            {
                _shares.Add(ShareRecord.Read(proved.Body));
            }
            else
            {
                _shares.AddJob(proved.Body);
            }
        }
        catch (RecordFormatException unreadable)
        {
            _findings.Add(FindingKind.Unreadable, $"Record {_records}: {unreadable.Message}");
        }
    }
}
