using System.Buffers.Binary;
using System.IO.Compression;

namespace Marketplace.Stratum.Proof;

/// <summary>Reads the frames of a certificate one after the other; the stream stays open.</summary>
internal sealed class CertificateReader : IDisposable
{
    private readonly BrotliStream _frames;
    private readonly byte[] _start = new byte[CertificateFormat.FrameStartBytes];
    private readonly byte[] _content = new byte[CertificateFormat.MaxFrameBytes];
    private int _length;

    /// <exception cref="RecordFormatException">It is no certificate, or a later version of one.</exception>
    public CertificateReader(Stream source)
    {
        var start = new byte[CertificateFormat.Magic.Length + sizeof(ushort)];
        if (source.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length
            || !start.AsSpan().StartsWith(CertificateFormat.Magic))
        {
            throw new RecordFormatException("This is not a certificate.");
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(CertificateFormat.Magic.Length));
        if (version != CertificateFormat.Version)
        {
            throw new RecordFormatException(
                $"This is a certificate of version {version}; this program reads version {CertificateFormat.Version}.");
        }

        _frames = new BrotliStream(source, CompressionMode.Decompress, leaveOpen: true);
    }

    public FrameKind Kind { get; private set; }

    /// <summary>The content of the frame, until the next is read.</summary>
    public ReadOnlySpan<byte> Content => _content.AsSpan(0, _length);

    /// <summary>Goes on to the next frame.</summary>
    /// <exception cref="RecordFormatException">There is none, or the file is damaged.</exception>
    public void Next()
    {
        Fill(_start);
        _length = BinaryPrimitives.ReadInt32LittleEndian(_start);
        if (_length < 0 || _length > _content.Length)
        {
            throw new RecordFormatException($"A frame of {_length} bytes is none; the file is damaged.");
        }

        Kind = (FrameKind)_start[sizeof(int)];
        Fill(_content.AsSpan(0, _length));
    }

    public void Dispose() => _frames.Dispose();

    private void Fill(Span<byte> bytes)
    {
        try
        {
            if (_frames.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length)
            {
                return;
            }
        }
        catch (Exception damage) when (damage is InvalidDataException or InvalidOperationException)
        {
            throw new RecordFormatException("The file is damaged.", damage);
        }

        throw new RecordFormatException("The file was cut off: its last frame is not there.");
    }
}
