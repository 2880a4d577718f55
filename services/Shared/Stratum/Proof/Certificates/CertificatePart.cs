using System.Runtime.CompilerServices;

namespace Marketplace.Stratum.Proof;

/// <summary>One node's certificate on its way into one of several nodes.</summary>
public sealed class CertificatePart : IDisposable
{
    private readonly CertificateReader _reader;

    private CertificatePart(CertificateReader reader, CertificateTerms terms) => (_reader, Terms) = (reader, terms);

    public CertificateTerms Terms { get; }

    /// <summary>Reads as far as the terms.</summary>
    /// <param name="source">Stays open.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RecordFormatException">It is no certificate.</exception>
    public static async Task<CertificatePart> OpenAsync(Stream source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var reader = await CertificateReader.OpenAsync(source, cancellationToken);
        try
        {
            await reader.NextAsync(cancellationToken);
            return reader.Kind == FrameKind.Terms
                ? new CertificatePart(reader, CertificateTerms.Read(reader.Content))
                : throw new RecordFormatException("A certificate begins with its terms.");
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>What stands between the terms and the end.</summary>
    internal async IAsyncEnumerable<(FrameKind Kind, byte[] Content)> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _reader.NextAsync(cancellationToken);
        for (; _reader.Kind != FrameKind.End; await _reader.NextAsync(cancellationToken))
        {
            yield return (_reader.Kind, _reader.Content.ToArray());
        }
    }
}
