using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>Lays a record's body into a span that is long enough. Allocates nothing.</summary>
/// <param name="body">Where to.</param>
/// <param name="stamp">Given by the log: number and instant ascend in its order.</param>
/// <param name="state">What it is made of.</param>
/// <returns>The body's length, at most <see cref="RecordLimits.BodyBytes"/>.</returns>
internal delegate int RecordEncoder<TState>(Span<byte> body, in RecordStamp stamp, in TState state)
    where TState : allows ref struct;

/// <summary>Records that wait to be written together, framed for the place where they will stand.</summary>
internal sealed class RecordBuffer
{
    private const int SizeBytes = 1024 * 1024;

    private readonly byte[] _bytes = new byte[SizeBytes];

    public int Length { get; private set; }

    /// <summary>True while a record of any kind fits in.</summary>
    public bool HasRoom => SizeBytes - Length >= LogFrame.SizeBytes + RecordLimits.BodyBytes;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <param name="start">Where the first waiting record will stand.</param>
    /// <param name="stamp">The record's own.</param>
    /// <param name="state">What it is made of.</param>
    /// <param name="encode">Makes it.</param>
    public void Add<TState>(LogPosition start, in RecordStamp stamp, in TState state, RecordEncoder<TState> encode)
        where TState : allows ref struct
    {
        var place = _bytes.AsSpan(Length);
        var frame = place[..(LogFrame.SizeBytes + encode(place[LogFrame.SizeBytes..], stamp, state))];
        LogFrame.Seal(frame, start.Behind(Length));
        Length += frame.Length;
    }

    /// <summary>Forgets what was added since it was so long.</summary>
    public void CutTo(int length) => Length = length;
}
