using System.Security.Cryptography;

namespace Marketplace.Stratum.Proof;

/// <summary>The heads of a certificate: signatures, links, and whether they are those that were kept.</summary>
internal sealed class HeadChain(CertificateTerms terms, VerificationOptions options, Findings findings) : IDisposable
{
    private readonly List<(string NodeName, ECDsa Key)> _stated = [];
    private readonly Dictionary<string, long> _shownByNode = [];
    private readonly HashSet<DateTimeOffset> _minutes = [];
    private MinuteHead? _last;

    /// <summary>Heads that equal one that was kept.</summary>
    public long Matched { get; private set; }

    public long Count { get; private set; }

    /// <summary>The end of the latest minute that any node told of.</summary>
    public DateTimeOffset CoveredUntil { get; private set; } = terms.StartAt;

    /// <summary>Reads the keys that the certificate states; they count only while none is pinned.</summary>
    public void ReadStatedKeys()
    {
        if (options.PinnedKeys.Count > 0)
        {
            return;
        }

        findings.Add(
            FindingKind.KeyNotPinned,
            "No key was given: whoever wrote this file may have made its keys as well.");
        foreach (var key in terms.Keys)
        {
            try
            {
                _stated.Add((key.NodeName, key.ToKey()));
            }
            catch (RecordFormatException unreadable)
            {
                findings.Add(FindingKind.Unreadable, unreadable.Message);
            }
        }
    }

    /// <summary>The next head in the file.</summary>
    /// <returns>True when it begins another node's section.</returns>
    public bool Add(SignedHead signed, MinuteHead head)
    {
        Count++;
        if (!IsSigned(signed, head))
        {
            findings.Add(FindingKind.BadSignature, $"{Name(head)} is not signed by a key that is trusted for it.");
        }

        if (head.ContractId != terms.ContractId)
        {
            findings.Add(FindingKind.BrokenChain, $"{Name(head)} belongs to contract {head.ContractId}.");
        }

        var isOtherNode = _last?.NodeName != head.NodeName;
        if (isOtherNode)
        {
            CloseNode();
        }

        CheckTerms(head);
        CheckLink(head);
        _shownByNode[head.NodeName] = Math.Max(_shownByNode[head.NodeName], head.Index + 1);
        CheckKept(signed, head);
        _last = head;
        _minutes.Add(head.MinuteAt);
        CoveredUntil = head.MinuteAt + MinuteHead.Length > CoveredUntil
            ? head.MinuteAt + MinuteHead.Length
            : CoveredUntil;
        return isOtherNode;
    }

    /// <summary>Nothing follows: is anything missing?</summary>
    public void Close()
    {
        CloseNode();
        var kept = options.KeptHeads.Of(terms.ContractId).ToList();
        if (kept.Count == 0)
        {
            findings.Add(
                FindingKind.NoHeadsKept,
                "No head of this contract was kept outside: this history may be one of several.");
        }

        foreach (var node in kept.GroupBy(head => head.NodeName))
        {
            CheckMissing(node.Key, [.. node]);
        }

        var end = terms.EndAt < CoveredUntil ? terms.EndAt : CoveredUntil;
        var minutes = (long)Math.Ceiling((end - Floor(terms.StartAt)) / MinuteHead.Length);
        var told = _minutes.Count(minute => minute >= Floor(terms.StartAt) && minute < end);
        if (minutes > told)
        {
            findings.Add(FindingKind.MinutesWithoutHead, $"No node tells of {minutes - told} of {minutes} minutes.");
        }
    }

    public void Dispose() => _stated.ForEach(key => key.Key.Dispose());

    /// <summary>A late share may come in the minute after the end.</summary>
    private void CheckTerms(MinuteHead head)
    {
        var credited = head.Verdicts[ShareVerdict.Accepted].Shares;
        if (credited > 0
            && (head.MinuteAt + MinuteHead.Length <= terms.StartAt
                || head.MinuteAt - MinuteHead.Length >= terms.EndAt))
        {
            findings.Add(FindingKind.OutsideTerms, $"{Name(head)} credits {credited} shares outside the terms.");
        }
    }

    private void CheckLink(MinuteHead head)
    {
        if (_last is null)
        {
            if (!_shownByNode.TryAdd(head.NodeName, 0))
            {
                findings.Add(FindingKind.BrokenChain, $"{Name(head)} stands apart from its node's others.");
            }

            if (head.Index != 0 || !head.PreviousHead.AsSpan().SequenceEqual(MinuteHead.NoHead))
            {
                findings.Add(FindingKind.BrokenChain, $"{Name(head)} is not the first of its node.");
            }

            return;
        }

        if (head.Index != _last.Index + 1 || _last.IsLast
            || !head.PreviousHead.AsSpan().SequenceEqual(_last.Hash()) || head.MinuteAt <= _last.MinuteAt)
        {
            findings.Add(FindingKind.BrokenChain, $"{Name(head)} does not follow from the head before it.");
        }
    }

    private void CheckKept(SignedHead signed, MinuteHead head)
    {
        if (options.KeptHeads.Find(head) is not { } kept)
        {
            return;
        }

        if (kept.Body.AsSpan().SequenceEqual(signed.Body))
        {
            Matched++;
            return;
        }

        var blame = IsSigned(kept, head) ? "its node signed both" : "the kept one's signature does not hold";
        findings.Add(FindingKind.ForkedHistory, $"{Name(head)} is not the head that was kept: {blame}.");
    }

    private void CloseNode()
    {
        if (_last is { IsLast: false } last)
        {
            findings.Add(
                FindingKind.StillOpen, $"Node {last.NodeName} had not closed the contract after {Name(last)}.");
        }

        _last = null;
    }

    private void CheckMissing(string nodeName, List<MinuteHead> kept)
    {
        if (!_shownByNode.TryGetValue(nodeName, out var shown))
        {
            findings.Add(
                FindingKind.NodeNotShown, $"{kept.Count} heads were kept of {nodeName}: none of its minutes is here.");
            return;
        }

        var missing = kept.Where(head => head.Index >= shown).ToList();
        if (missing.Count > 0)
        {
            findings.Add(
                FindingKind.MissingMinute,
                $"{missing.Count} of {kept.Count} kept heads of {nodeName} are not in the certificate; the first is of "
                + $"{missing.Min(head => head.MinuteAt):u}.");
        }
    }

    private bool IsSigned(SignedHead signed, MinuteHead head) => options.PinnedKeys.Count > 0
        ? options.PinnedKeys.Any(signed.IsSignedBy)
        : _stated.Exists(key => key.NodeName == head.NodeName && signed.IsSignedBy(key.Key));

    private static DateTimeOffset Floor(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % MinuteHead.Length.Ticks), TimeSpan.Zero);

    private static string Name(MinuteHead head) => $"Head {head.Index} of {head.NodeName} ({head.MinuteAt:u})";
}
