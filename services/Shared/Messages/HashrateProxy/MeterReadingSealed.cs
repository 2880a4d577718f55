namespace Marketplace.Messages.HashrateProxy;

/// <summary>
/// A meter reading as it was sealed in the share log: the payload is a <see cref="MeterReading"/>, the signature is
/// ES256 over exactly those bytes by the node's key. Resent byte for byte until acknowledged.
/// </summary>
/// <param name="Sequence">Per node, 1, 2, 3, ... without gaps.</param>
public sealed record MeterReadingSealed(string NodeName, long Sequence, byte[] Payload, byte[] Signature);
