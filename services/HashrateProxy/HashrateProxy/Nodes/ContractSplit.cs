namespace Marketplace.HashrateProxy.Nodes;

/// <summary>
/// How the nodes that a rig is connected to share a contract's promise from a minute on. Decided once, in the database,
/// a while before it holds, so that every node reckons with the same one. Pure.
/// </summary>
/// <param name="FromAt">The first instant of a minute.</param>
/// <param name="Parts">By name of node; together the whole.</param>
internal sealed record ContractSplit(DateTimeOffset FromAt, IReadOnlyList<NodePart> Parts)
{
    /// <summary>Parts that differ by less than this much of the whole, per million, are left as they are.</summary>
    private const int Leeway = 50_000;

    /// <param name="fromAt">The first instant of a minute.</param>
    /// <param name="connected">The hashrate of the rig's workers on each node.</param>
    /// <param name="otherwise">Answers for the promise while no worker is connected anywhere.</param>
    public static ContractSplit Of(
        DateTimeOffset fromAt, IReadOnlyDictionary<string, Hashrate> connected, string otherwise)
    {
        var total = connected.Values.Aggregate(UInt128.Zero, (sum, rate) => sum + rate.HashesPerSecond);
        if (total == 0)
        {
            return new ContractSplit(fromAt, [NodePart.All(otherwise)]);
        }

        var parts = new List<NodePart>();
        var (reached, from) = (UInt128.Zero, 0);
        foreach (var (name, rate) in connected.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            reached += rate.HashesPerSecond;
            var to = (int)(reached * NodePart.Whole / total);
            parts.Add(new NodePart(name, from, to));
            from = to;
        }

        return new ContractSplit(fromAt, parts.FindAll(part => part.PerMillion > 0));
    }

    public NodePart PartOf(string nodeName) =>
        Parts.FirstOrDefault(part => part.NodeName == nodeName) ?? NodePart.None(nodeName);

    public bool IsNear(ContractSplit other) => Parts.Concat(other.Parts).Select(part => part.NodeName).Distinct()
        .All(name => Math.Abs(PartOf(name).PerMillion - other.PartOf(name).PerMillion) < Leeway);
}

/// <summary>
/// A node's part of a promise, from one millionth of it to another, so that the parts of all nodes sum to the whole to
/// the hash.
/// </summary>
internal sealed record NodePart(string NodeName, int From, int To)
{
    public const int Whole = 1_000_000;

    public int PerMillion => To - From;

    public static NodePart All(string nodeName) => new(nodeName, 0, Whole);

    public static NodePart None(string nodeName) => new(nodeName, 0, 0);

    public Hashrate Of(Hashrate whole) => new(Of(whole.HashesPerSecond));

    public Work Of(Work whole) => new(Of(whole.Hashes));

    private UInt128 Of(UInt128 whole) => whole * (uint)To / Whole - whole * (uint)From / Whole;
}
