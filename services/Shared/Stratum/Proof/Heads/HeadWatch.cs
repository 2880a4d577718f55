using System.Security.Cryptography;
using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>
/// The heads of one contract as a party keeps them while it runs: each has to follow from the one before it on its
/// node, and none may tell otherwise than one that was kept.
/// </summary>
/// <param name="contractId">Whose heads are kept.</param>
/// <param name="pinnedKeys">Keys got by another way; empty to look at no signature.</param>
public sealed class HeadWatch(ContractId contractId, IReadOnlyList<ECDsa> pinnedKeys)
{
    private readonly Dictionary<string, NodeHeads> _nodes = [];

    public long Count => _nodes.Values.Sum(node => (long)node.Hashes.Count);

    /// <summary>Every node that signed a head has signed its last.</summary>
    public bool IsOver => _nodes.Count > 0 && _nodes.Values.All(node => node.Last.IsLast);

    /// <summary>The latest minute that is kept of any node; null before the first.</summary>
    public DateTimeOffset? NewestMinuteAt => _nodes.Values.Max(node => (DateTimeOffset?)node.Last.MinuteAt);

    /// <summary>The latest minute up to which every node that goes on is kept; null before the first.</summary>
    public DateTimeOffset? OpenSinceAt => _nodes.Values.Where(node => !node.Last.IsLast)
        .Min(node => (DateTimeOffset?)node.Last.MinuteAt) ?? NewestMinuteAt;

    /// <summary>The latest minute that is kept of this node; null before its first.</summary>
    public DateTimeOffset? LastMinuteOf(string nodeName) => _nodes.GetValueOrDefault(nodeName)?.Last.MinuteAt;

    /// <summary>Looks at a head and remembers it where it is the next of its node.</summary>
    /// <exception cref="ForkedHistoryException">It contradicts what was kept, or its node did not sign it.</exception>
    /// <exception cref="RecordFormatException">It is no head.</exception>
    public HeadPlace Add(SignedHead candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        var head = candidate.ToHead();
        if (head.ContractId != contractId)
        {
            throw new ForkedHistoryException(candidate, $"{NameOf(head)} belongs to contract {head.ContractId}.");
        }

        if (pinnedKeys.Count > 0 && !pinnedKeys.Any(candidate.IsSignedBy))
        {
            throw new ForkedHistoryException(candidate, $"{NameOf(head)} is not signed by a key that was given.");
        }

        var node = _nodes.GetValueOrDefault(head.NodeName) ?? new NodeHeads();
        if (head.Index > node.Hashes.Count)
        {
            return HeadPlace.Ahead;
        }

        if (head.Index >= 0 && head.Index < node.Hashes.Count)
        {
            return node.Hashes[(int)head.Index].AsSpan().SequenceEqual(head.Hash())
                ? HeadPlace.Known
                : throw new ForkedHistoryException(candidate, $"{NameOf(head)} is not the head that was kept.");
        }

        RequireLink(candidate, head, node);
        node.Hashes.Add(head.Hash());
        node.Last = head;
        _nodes[head.NodeName] = node;
        return HeadPlace.Next;
    }

    private static void RequireLink(SignedHead candidate, MinuteHead head, NodeHeads node)
    {
        var previous = node.Hashes.Count > 0 ? node.Hashes[^1] : MinuteHead.NoHead;
        var follows = head.Index == node.Hashes.Count && head.PreviousHead.AsSpan().SequenceEqual(previous)
            && (node.Hashes.Count == 0 || (!node.Last.IsLast && head.MinuteAt > node.Last.MinuteAt));
        if (!follows)
        {
            throw new ForkedHistoryException(candidate, $"{NameOf(head)} does not follow from the head before it.");
        }
    }

    private static string NameOf(MinuteHead head) => $"Head {head.Index} of {head.NodeName} ({head.MinuteAt:u})";

    private sealed class NodeHeads
    {
        /// <summary>By index; the heads themselves would take ten times as much.</summary>
        public List<byte[]> Hashes { get; } = [];

        public MinuteHead Last { get; set; } = null!;
    }
}

/// <summary>Where a head stands among those that are kept.</summary>
public enum HeadPlace
{
    /// <summary>It follows from the last one, and is remembered now.</summary>
    Next,

    /// <summary>The same was kept before.</summary>
    Known,

    /// <summary>Others come before it that are not here yet; it is not remembered.</summary>
    Ahead,
}

/// <summary>A head that cannot stand beside those that were kept: keep it too, it convicts whoever signed it.</summary>
public sealed class ForkedHistoryException(SignedHead head, string message) : Exception(message)
{
    public SignedHead Head { get; } = head;
}
