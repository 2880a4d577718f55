namespace Marketplace.Stratum.Proof;

/// <summary>What a pool said to a share that went up to it.</summary>
public enum PoolAnswerKind : byte
{
    Accepted = 0,
    Refused = 1,

    /// <summary>The connection ended, or its time was over, before an answer came.</summary>
    Unanswered = 2,
}

/// <summary>
/// A pool's answer, beside our verdict and never in its place. It may come minutes after its share: it is a leaf of the
/// minute in which it came.
/// </summary>
/// <param name="Stamp">When the answer came; the contract is the share's.</param>
/// <param name="Share">The number of its <see cref="ShareRecord"/>.</param>
/// <param name="Answer">Yes, no, or none.</param>
/// <param name="Code">The pool's number for its reason; zero when it accepted.</param>
/// <param name="Text">The pool's words; empty when it accepted.</param>
public readonly record struct PoolAnswerRecord(
    RecordStamp Stamp, long Share, PoolAnswerKind Answer, int Code, string Text)
{
    public const int MaxBytes = RecordStamp.SizeBytes + 8 + 1 + 4 + (1 + RecordLimits.AnswerTextBytes);

    /// <summary>Writes the body; allocates nothing.</summary>
    /// <returns>Its length, at most <see cref="MaxBytes"/>.</returns>
    public int Write(Span<byte> body)
    {
        var writer = new RecordWriter(body);
        writer.Stamp(RecordKind.PoolAnswer, Stamp);
        writer.Int64(Share);
        writer.Byte((byte)Answer);
        writer.Int32(Code);
        writer.Text(Text, RecordLimits.AnswerTextBytes);
        return writer.Length;
    }

    /// <exception cref="RecordFormatException">The body is not one of a pool's answer.</exception>
    public static PoolAnswerRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new RecordReader(body);
        var record = new PoolAnswerRecord(
            reader.Stamp(RecordKind.PoolAnswer),
            reader.Int64(),
            reader.Choice<PoolAnswerKind>(),
            reader.Int32(),
            reader.Text(RecordLimits.AnswerTextBytes));
        reader.End();
        return record;
    }
}
