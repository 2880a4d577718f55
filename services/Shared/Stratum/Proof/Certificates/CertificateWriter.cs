using System.Buffers.Binary;
using System.IO.Compression;

namespace Marketplace.Stratum.Proof;

/// <summary>
/// Writes a certificate minute by minute into a stream, which it leaves open: node after node, each node's minutes in
/// their order.
/// </summary>
public sealed class CertificateWriter : IAsyncDisposable
{
    private readonly BrotliStream _frames;
    private readonly CompactSelection? _selection;
    private long _heads;
    private long _records;

    private CertificateWriter(Stream destination, CertificateTerms terms)
    {
        _frames = new BrotliStream(destination, CertificateFormat.Level, leaveOpen: true);
        _selection = terms.ProofDifficulty is { } difficulty
            ? new CompactSelection(difficulty.ToTarget(terms.Algorithm))
            : null;
    }

    /// <summary>Writes the terms; compact terms make a compact certificate.</summary>
    public static async Task<CertificateWriter> BeginAsync(
        Stream destination, CertificateTerms terms, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(terms);
        var start = new byte[CertificateFormat.Magic.Length + sizeof(ushort)];
        CertificateFormat.Magic.CopyTo(start);
        BinaryPrimitives.WriteUInt16LittleEndian(
            start.AsSpan(CertificateFormat.Magic.Length), CertificateFormat.Version);
        await destination.WriteAsync(start, cancellationToken);
        var writer = new CertificateWriter(destination, terms);
        await writer.WriteFrameAsync(FrameKind.Terms, terms.ToBody(), cancellationToken);
        return writer;
    }

    /// <summary>A closed minute with all its records in the order of the log.</summary>
    /// <exception cref="RecordFormatException">A compact one finds a record that it cannot read.</exception>
    public async Task WriteMinuteAsync(
        SignedHead head, IReadOnlyList<byte[]> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(records);
        _heads++;
        await WriteFrameAsync(FrameKind.Head, [.. head.Signature, .. head.Body], cancellationToken);
        if (_selection is null)
        {
            foreach (var record in records)
            {
                _records++;
                await WriteFrameAsync(FrameKind.Record, record, cancellationToken);
            }

            return;
        }

        foreach (var proved in _selection.Select(head.ToHead(), records))
        {
            _records++;
            await WriteFrameAsync(FrameKind.ProvedRecord, proved.ToFrame(), cancellationToken);
        }
    }

    /// <summary>
    /// Another node's minutes as they stand in a certificate of its own, which is read on the way and not kept.
    /// </summary>
    /// <exception cref="RecordFormatException">The part is damaged, or was cut off.</exception>
    public async Task CopyAsync(CertificatePart part, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(part);
        await foreach (var (kind, content) in part.ReadAsync(cancellationToken))
        {
            _heads += kind == FrameKind.Head ? 1 : 0;
            _records += kind == FrameKind.Head ? 0 : 1;
            await WriteFrameAsync(kind, content, cancellationToken);
        }
    }

    /// <summary>Without it the file counts as cut off.</summary>
    public async Task EndAsync(CancellationToken cancellationToken = default)
    {
        var counts = new byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(counts, _heads);
        BinaryPrimitives.WriteInt64LittleEndian(counts.AsSpan(sizeof(long)), _records);
        await WriteFrameAsync(FrameKind.End, counts, cancellationToken);
        await _frames.FlushAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _frames.DisposeAsync();

    private async Task WriteFrameAsync(FrameKind kind, byte[] content, CancellationToken cancellationToken)
    {
        var start = new byte[CertificateFormat.FrameStartBytes];
        BinaryPrimitives.WriteInt32LittleEndian(start, content.Length);
        start[sizeof(int)] = (byte)kind;
        await _frames.WriteAsync(start, cancellationToken);
        await _frames.WriteAsync(content, cancellationToken);
    }
}
