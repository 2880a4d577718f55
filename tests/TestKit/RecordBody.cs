namespace Marketplace.TestKit;

public static class RecordBody
{
    public delegate int WriteBody(Span<byte> body);

    /// <summary>What a record writes, and not a byte more.</summary>
    public static byte[] Of(int maxBytes, WriteBody write)
    {
        var body = new byte[maxBytes];
        return body[..write(body)];
    }
}
