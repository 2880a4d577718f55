using System.Buffers.Binary;
using System.IO.Compression;

namespace Marketplace.Stratum.Proof;

/// <summary>Reads the frames of a certificate one after the other; the stream stays open.</summary>
internal sealed class CertificateReader : IDisposable
{
    private static readonly int StartBytes = CertificateFormat.Magic.Length + sizeof(ushort);

    private readonly BrotliStream _frames;
    private readonly byte[] _start = new byte[CertificateFormat.FrameStartBytes];
    private readonly byte[] _content = new byte[CertificateFormat.MaxFrameBytes];
    private int _length;

    private CertificateReader(Stream source) =>
        _frames = new BrotliStream(source, CompressionMode.Decompress, leaveOpen: true);

    /// <exception cref="RecordFormatException">It is no certificate, or a later version of one.</exception>
    public static CertificateReader Open(Stream source)
    {
        var start = new byte[StartBytes];
        Check(start, source.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        return new CertificateReader(source);
    }

    /// <inheritdoc cref="Open"/>
    public static async Task<CertificateReader> OpenAsync(Stream source, CancellationToken cancellationToken)
    {
        var start = new byte[StartBytes];
        Check(start, await source.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken));
        return new CertificateReader(source);
    }

    public FrameKind Kind { get; private set; }

    /// <summary>The content of the frame, until the next is read.</summary>
    public ReadOnlySpan<byte> Content => _content.AsSpan(0, _length);

    /// <summary>Goes on to the next frame.</summary>
    /// <exception cref="RecordFormatException">There is none, or the file is damaged.</exception>
    public void Next()
    {
        Fill(_start);
        Begin();
        Fill(_content.AsSpan(0, _length));
    }

    /// <inheritdoc cref="Next"/>
    public async Task NextAsync(CancellationToken cancellationToken)
    {
        await FillAsync(_start, cancellationToken);
        Begin();
        await FillAsync(_content.AsMemory(0, _length), cancellationToken);
    }

    public void Dispose() => _frames.Dispose();

    private static void Check(byte[] start, int length)
    {
        if (length < start.Length || !start.AsSpan().StartsWith(CertificateFormat.Magic))
        {
            throw new RecordFormatException("This is not a certificate.");
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(CertificateFormat.Magic.Length));
        if (version != CertificateFormat.Version)
        {
            throw new RecordFormatException(
                $"This is a certificate of version {version}; this program reads version {CertificateFormat.Version}.");
        }
    }

    private void Begin()
    {
        _length = BinaryPrimitives.ReadInt32LittleEndian(_start);
        if (_length < 0 || _length > _content.Length)
        {
            throw new RecordFormatException($"A frame of {_length} bytes is none; the file is damaged.");
        }

        Kind = (FrameKind)_start[sizeof(int)];
    }

    private void Fill(Span<byte> bytes)
    {
        try
        {
            RequireAll(_frames.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false), bytes.Length);
        }
        catch (Exception damage) when (damage is InvalidDataException or InvalidOperationException)
        {
            throw new RecordFormatException("The file is damaged.", damage);
        }
    }

    private async Task FillAsync(Memory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            RequireAll(
                await _frames.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken),
                bytes.Length);
        }
        catch (Exception damage) when (damage is InvalidDataException or InvalidOperationException)
        {
            throw new RecordFormatException("The file is damaged.", damage);
        }
    }

    private static void RequireAll(int read, int length)
    {
        if (read < length)
        {
            throw new RecordFormatException("The file was cut off: its last frame is not there.");
        }
    }
}
