namespace Marketplace.Stratum;

/// <summary>What the next line of a connection turned out to be.</summary>
/// <param name="Status">Whether there is a line; if not, why.</param>
/// <param name="Bytes">The line without its line end; valid until the reader is asked again.</param>
public readonly record struct ReceivedLine(LineStatus Status, ReadOnlyMemory<byte> Bytes);
