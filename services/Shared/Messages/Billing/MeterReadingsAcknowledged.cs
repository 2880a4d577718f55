namespace Marketplace.Messages.Billing;

/// <summary>
/// Every reading of this node up to and including this number is in the books; the node may stop resending.
/// </summary>
public sealed record MeterReadingsAcknowledged(string NodeName, long ThroughSequence);
