namespace Marketplace.Stratum.Proof;

/// <summary>
/// One submit for a job of ours, with our verdict. The header it stands for is rebuilt from its jobs, so that it is
/// small: 61 bytes with four of extranonce2 and version bits.
/// </summary>
/// <param name="Stamp">The contract is its job's.</param>
/// <param name="Job">The number of its <see cref="DownstreamJobRecord"/>, which names the worker's connection.</param>
/// <param name="NameNumber">Under which of the connection's names it came.</param>
/// <param name="Verdict">Ours.</param>
/// <param name="Extranonce2">The worker's own part, of whatever length was sent.</param>
/// <param name="NTime">The header's time, seconds since 1970.</param>
/// <param name="Nonce">The header's nonce.</param>
/// <param name="VersionBits">The rolled bits; null when they were not sent.</param>
public readonly record struct ShareRecord(
    RecordStamp Stamp,
    long Job,
    byte NameNumber,
    ShareVerdict Verdict,
    Extranonce Extranonce2,
    uint NTime,
    uint Nonce,
    uint? VersionBits)
{
    public const int MaxBytes = RecordStamp.SizeBytes + 8 + 1 + 1 + (1 + Extranonce.MaxBytes) + 4 + 4 + (1 + 4);

    /// <summary>Writes the body; allocates nothing.</summary>
    /// <returns>Its length, at most <see cref="MaxBytes"/>.</returns>
    public int Write(Span<byte> body)
    {
        var writer = new RecordWriter(body);
        writer.Stamp(RecordKind.Share, Stamp);
        writer.Int64(Job);
        writer.Byte(NameNumber);
        writer.Byte((byte)Verdict);
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

    /// <exception cref="RecordFormatException">The body is not one of a share.</exception>
    public static ShareRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new RecordReader(body);
        var record = new ShareRecord(
            reader.Stamp(RecordKind.Share),
            reader.Int64(),
            reader.Byte(),
            reader.Choice<ShareVerdict>(),
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
