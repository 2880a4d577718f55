namespace Marketplace.Stratum.Proof;

/// <summary>The bytes are not the record they should be; the message says what is wrong with them.</summary>
public sealed class RecordFormatException : FormatException
{
    public RecordFormatException()
    {
    }

    public RecordFormatException(string message)
        : base(message)
    {
    }

    public RecordFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
