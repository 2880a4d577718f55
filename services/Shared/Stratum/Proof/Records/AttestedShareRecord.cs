namespace Marketplace.Stratum.Proof;

/// <summary>
/// One submit that only its pool can judge, on its way there: all that can be checked without its hash was right. It is
/// credited by the <see cref="PoolAnswerRecord"/> that accepts it, in the minute of that answer, and by nothing else.
/// </summary>
/// <param name="Stamp">The contract is its job's.</param>
/// <param name="Job">The number of its <see cref="DownstreamJobRecord"/>, which names the worker's connection.</param>
/// <param name="NameNumber">Under which of the connection's names it came.</param>
/// <param name="Extranonce2">The worker's own part.</param>
/// <param name="NTime">The header's time, seconds since 1970.</param>
/// <param name="Nonce">The header's nonce.</param>
/// <param name="VersionBits">The rolled bits; null when they were not sent.</param>
public readonly record struct AttestedShareRecord(
    RecordStamp Stamp,
    long Job,
    byte NameNumber,
    Extranonce Extranonce2,
    uint NTime,
    uint Nonce,
    uint? VersionBits)
{
    public const int MaxBytes = RecordStamp.SizeBytes + 8 + 1 + (1 + Extranonce.MaxBytes) + 4 + 4 + (1 + 4);

    /// <summary>Writes the body; allocates nothing.</summary>
    /// <returns>Its length, at most <see cref="MaxBytes"/>.</returns>
    public int Write(Span<byte> body)
    {
        var writer = new RecordWriter(body);
        writer.Stamp(RecordKind.AttestedShare, Stamp);
        writer.Int64(Job);
        writer.Byte(NameNumber);
        writer.Extranonce(Extranonce2);
        writer.UInt32(NTime);
        writer.UInt32(Nonce);
        writer.Flag(VersionBits.HasValue);
        if (VersionBits is { } bits)
        {
            writer.UInt32(bits);
        }

        return writer.Length;
    }

    /// <exception cref="RecordFormatException">The body is not one of an attested share.</exception>
    public static AttestedShareRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new RecordReader(body);
        var record = new AttestedShareRecord(
            reader.Stamp(RecordKind.AttestedShare),
            reader.Int64(),
            reader.Byte(),
            reader.Extranonce(),
            reader.UInt32(),
            reader.UInt32(),
            reader.Flag() ? reader.UInt32() : null);
        reader.End();
        return record;
    }

    /// <summary>
    /// The share as it was sent, for the job to judge; its worker's and its job's names are left out.
    /// </summary>
    public SubmitRequest ToSubmit() => new()
    {
        Extranonce2 = Extranonce2,
        NTime = NTime,
        Nonce = Nonce,
        VersionBits = VersionBits,
    };
}
