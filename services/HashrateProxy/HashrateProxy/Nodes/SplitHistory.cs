namespace Marketplace.HashrateProxy.Nodes;

/// <summary>
/// What one node owed of a contract, minute by minute. Without any split the node is alone and owes it all. Pure;
/// guarded by its router's lock.
/// </summary>
internal sealed class SplitHistory(string nodeName)
{
    private readonly SortedList<DateTimeOffset, ContractSplit> _splits = [];

    /// <summary>Whether this node ever had a part.</summary>
    public bool HadPart => _splits.Count == 0 || _splits.Values.Any(split => split.PartOf(nodeName).PerMillion > 0);

    /// <summary>What the database says of a contract; nothing where it says nothing.</summary>
    public void Replace(IReadOnlyCollection<ContractSplit> splits)
    {
        if (splits.Count > 0)
        {
            _splits.Clear();
            foreach (var split in splits)
            {
                _splits.Add(split.FromAt, split);
            }
        }
    }

    /// <summary>
    /// From this minute on others may have taken this node's part over without its knowing: it owes nothing until it
    /// hears of them again. A node that was alone goes on.
    /// </summary>
    public void StandAside(DateTimeOffset fromAt)
    {
        if (_splits.Count > 0 && _splits.Values[^1] is { Parts.Count: > 1 } last && last.FromAt < fromAt)
        {
            _splits.Add(fromAt, new ContractSplit(fromAt, []));
        }
    }

    public NodePart PartAt(DateTimeOffset at) => _splits.Count == 0
        ? NodePart.All(nodeName)
        : (_splits.Values.LastOrDefault(split => split.FromAt <= at) ?? _splits.Values[0]).PartOf(nodeName);

    /// <summary>The work this node owed in [from, to) of a contract of this hashrate.</summary>
    public Work Promised(Hashrate rate, DateTimeOffset from, DateTimeOffset to)
    {
        var sum = Work.Zero;
        while (from < to)
        {
            var next = _splits.Keys.FirstOrDefault(at => at > from, DateTimeOffset.MaxValue);
            var until = next < to ? next : to;
            sum += PartAt(from).Of(rate.Over(until - from));
            from = until;
        }

        return sum;
    }
}
