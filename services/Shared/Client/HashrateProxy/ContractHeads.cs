namespace Marketplace.Client.HashrateProxy;

/// <param name="Heads">Oldest first; a full page is followed by another.</param>
public sealed record ContractHeads(IReadOnlyList<ContractHead> Heads);

/// <summary>What a node signed about one minute of a contract.</summary>
/// <param name="Index">0, 1, 2, ... without gaps on this node.</param>
/// <param name="Root">The RFC 6962 root over the minute's records, in hexadecimal digits.</param>
/// <param name="AcceptedWork">What the minute proved, or its pools attested.</param>
/// <param name="Text">The head and its signature in one line: keep it outside of the marketplace.</param>
public sealed record ContractHead(
    string NodeName,
    long Index,
    DateTimeOffset MinuteAt,
    long RecordCount,
    string Root,
    Work AcceptedWork,
    DateTimeOffset ClosedAt,
    bool IsLast,
    string Text);
