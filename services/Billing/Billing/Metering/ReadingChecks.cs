using System.Text.Json;
using Marketplace.Messages.HashrateProxy;
using Marketplace.ServiceDefaults.Security;

namespace Marketplace.Billing.Metering;

/// <summary>What must hold before a reading counts: who signed it, and that it says what its envelope says.</summary>
internal sealed class ReadingChecks(PayloadVerifier verifier, TimeProvider time)
{
    /// <summary>How far a node's clock may be ahead of ours.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    /// <summary>In bytes.</summary>
    private const int MaxPayloadLength = 1_048_576;

    /// <exception cref="ReadingRefusedException">It cannot be believed.</exception>
    public MeterReading Check(MeterReadingSealed message)
    {
        var name = $"Reading {message.Sequence} of node '{message.NodeName}'";
        Guard(message.Payload.Length <= MaxPayloadLength, name, "is too long");
        Guard(
            verifier.Verify(MeteringNodes.IssuerOf(message.NodeName), message.Payload, message.Signature),
            name, "is not signed by that node");
        var reading = Parse(message.Payload, name);
        Guard(reading.NodeName == message.NodeName, name, $"says it is of node '{reading.NodeName}'");
        Guard(reading.Sequence == message.Sequence, name, $"says it is number {reading.Sequence}");
        Guard(reading.Sequence > 0 && reading.Revision >= 0, name, "has a number below what can be");
        Guard(reading.MinuteAt.UtcTicks % TimeSpan.TicksPerMinute == 0, name, "does not start at a minute");
        Guard(reading.MinuteAt <= time.GetUtcNow() + ClockTolerance, name, "is from the future");
        Guard(reading.Refused is not null, name, "does not say what was refused");
        Guard(reading.Refused!.UnpaidHashes <= reading.AcceptedHashes, name, "leaves more unpaid than was accepted");
        return reading;
    }

    private static MeterReading Parse(byte[] payload, string name)
    {
        try
        {
            return MeterReading.FromPayload(payload);
        }
        catch (JsonException broken)
        {
            throw new ReadingRefusedException($"{name} cannot be read: {broken.Message}");
        }
    }

    private static void Guard(bool holds, string name, string complaint)
    {
        if (!holds)
        {
            throw new ReadingRefusedException($"{name} {complaint}.");
        }
    }
}
