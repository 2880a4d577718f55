namespace Marketplace.Messages.Billing;

/// <summary>A hole in a node's numbering: these readings are missing and wanted again, byte for byte.</summary>
public sealed record MeterReadingsRequested(string NodeName, long FirstSequence, long LastSequence);
