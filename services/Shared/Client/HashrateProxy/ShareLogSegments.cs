namespace Marketplace.Client.HashrateProxy;

/// <param name="Segments">Oldest first; the last one is still written.</param>
public sealed record ShareLogSegments(IReadOnlyList<ShareLogSegment> Segments);

/// <summary>A file of one node's share log.</summary>
/// <param name="Number">1, 2, 3, ... per node; those that are no longer kept are missing at the beginning.</param>
public sealed record ShareLogSegment(long Number, DateTimeOffset StartedAt, long SizeBytes);
