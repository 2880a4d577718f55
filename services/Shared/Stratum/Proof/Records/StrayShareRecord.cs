namespace Marketplace.Stratum.Proof;

/// <summary>
/// A submit that stands for no header: it cannot be read, names no job of ours, or comes under an unknown name. What
/// was sent is kept, up to a limit.
/// </summary>
/// <param name="stamp">The contract is the one its worker serves.</param>
/// <param name="connection">The number of the worker's connection.</param>
/// <param name="verdict">Stale, Malformed or Unauthorised.</param>
/// <param name="sent">Its parameters; cut at <see cref="RecordLimits.SentBytes"/>.</param>
public readonly ref struct StrayShareRecord(
    RecordStamp stamp, long connection, ShareVerdict verdict, ReadOnlySpan<byte> sent)
{
    public const int MaxBytes = RecordStamp.SizeBytes + 8 + 1 + (1 + RecordLimits.SentBytes);

    public RecordStamp Stamp { get; } = stamp;

    public long Connection { get; } = connection;

    public ShareVerdict Verdict { get; } = verdict;

    public ReadOnlySpan<byte> Sent { get; } = sent;

    /// <summary>Writes the body; allocates nothing.</summary>
    /// <returns>Its length, at most <see cref="MaxBytes"/>.</returns>
    public int Write(Span<byte> body)
    {
        var writer = new RecordWriter(body);
        writer.Stamp(RecordKind.StrayShare, Stamp);
        writer.Int64(Connection);
        writer.Byte((byte)Verdict);
        writer.Short(Sent, RecordLimits.SentBytes);
        return writer.Length;
    }

    /// <exception cref="RecordFormatException">The body is not one of a stray share.</exception>
    public static StrayShareRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new RecordReader(body);
        var record = new StrayShareRecord(
            reader.Stamp(RecordKind.StrayShare),
            reader.Int64(),
            reader.Choice<ShareVerdict>(),
            reader.Short(RecordLimits.SentBytes));
        reader.End();
        return record;
    }
}
