using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Marketplace.HashrateProxy.Downstream.Admission;

/// <summary>
/// The header by which a load balancer says whom a connection comes from: the PROXY protocol, version 1 (a line of
/// text) or 2 (binary), as its specification by HAProxy has it.
/// </summary>
/// <param name="SizeBytes">Its length; 0 unless it is complete.</param>
/// <param name="Source">The worker's address; null where the balancer speaks for itself or does not know.</param>
internal readonly record struct ProxyHeader(ProxyHeaderStatus Status, int SizeBytes = 0, IPAddress? Source = null)
{
    /// <summary>Longest that is read, the extensions of version 2 included.</summary>
    public const int MaxBytes = 536;

    private const int MaxTextBytes = 107;
    private const int FixedBytes = 16;
    private const int CommandAt = 12;
    private const int FamilyAt = 13;
    private const int LengthAt = 14;
    private const byte LocalCommand = 0x20;
    private const byte ProxyCommand = 0x21;
    private const int IPv4Family = 1;
    private const int IPv6Family = 2;
    private const int IPv4Bytes = 4;
    private const int IPv6Bytes = 16;
    private const int PortBytes = 2;

    private static ReadOnlySpan<byte> TextSignature => "PROXY "u8;

    private static ReadOnlySpan<byte> BinarySignature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Reads the header at the start of what was received so far.</summary>
    public static ProxyHeader Read(ReadOnlySpan<byte> received)
    {
        if (Begins(received, TextSignature))
        {
            return received.Length < TextSignature.Length ? Incomplete : ReadText(received);
        }

        if (Begins(received, BinarySignature))
        {
            return received.Length < FixedBytes ? Incomplete : ReadBinary(received);
        }

        return new ProxyHeader(ProxyHeaderStatus.None);
    }

    private static ProxyHeader Incomplete => new(ProxyHeaderStatus.Incomplete);

    private static ProxyHeader Broken => new(ProxyHeaderStatus.Broken);

    private static bool Begins(ReadOnlySpan<byte> received, ReadOnlySpan<byte> signature)
    {
        var length = Math.Min(received.Length, signature.Length);
        return length > 0 && received[..length].SequenceEqual(signature[..length]);
    }

    private static ProxyHeader ReadText(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf("\r\n"u8);
        if (end < 0 || end + 2 > MaxTextBytes)
        {
            return end < 0 && received.Length < MaxTextBytes ? Incomplete : Broken;
        }

        var size = end + 2;
        var words = Encoding.ASCII.GetString(received[..end]).Split(' ');
        return words switch
        {
            [_, "UNKNOWN", ..] => new ProxyHeader(ProxyHeaderStatus.Complete, size),
            [_, "TCP4" or "TCP6", var source, _, _, _] when IPAddress.TryParse(source, out var address) =>
                new ProxyHeader(ProxyHeaderStatus.Complete, size, address),
            _ => Broken,
        };
    }

    private static ProxyHeader ReadBinary(ReadOnlySpan<byte> received)
    {
        var size = FixedBytes + BinaryPrimitives.ReadUInt16BigEndian(received[LengthAt..]);
        if (size > MaxBytes || received[CommandAt] is not (LocalCommand or ProxyCommand))
        {
            return Broken;
        }

        if (received.Length < size)
        {
            return Incomplete;
        }

        var addressBytes = (received[FamilyAt] >> 4) switch
        {
            IPv4Family => IPv4Bytes,
            IPv6Family => IPv6Bytes,
            _ => 0,
        };
        if (received[CommandAt] == LocalCommand || addressBytes == 0)
        {
            return new ProxyHeader(ProxyHeaderStatus.Complete, size);
        }

        return size < FixedBytes + 2 * (addressBytes + PortBytes)
            ? Broken
            : new ProxyHeader(
                ProxyHeaderStatus.Complete, size, new IPAddress(received.Slice(FixedBytes, addressBytes)));
    }
}

internal enum ProxyHeaderStatus
{
    /// <summary>The peer speaks something else.</summary>
    None,

    /// <summary>It may become one: more must be received first.</summary>
    Incomplete,
    Broken,
    Complete,
}
