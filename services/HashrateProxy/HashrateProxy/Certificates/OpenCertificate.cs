using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Certificates;

/// <summary>A certificate whose parts are all at hand, each node's still in its log or on the line.</summary>
/// <param name="agreed">What was agreed; the parts bring their nodes' keys.</param>
internal sealed class OpenCertificate(CertificateTerms agreed) : IDisposable
{
    private readonly List<ICertificateSection> _sections = [];

    public CertificateTerms Terms => agreed with { Keys = [.. _sections.Select(section => section.Key)] };

    public void Add(ICertificateSection section) => _sections.Add(section);

    /// <param name="destination">Stays open.</param>
    /// <param name="cancellationToken">Ends it; the file then counts as cut off.</param>
    public async Task WriteAsync(Stream destination, CancellationToken cancellationToken)
    {
        await using var writer = await CertificateWriter.BeginAsync(destination, Terms, cancellationToken);
        foreach (var section in _sections)
        {
            await section.WriteAsync(writer, cancellationToken);
        }

        await writer.EndAsync(cancellationToken);
    }

    public void Dispose() => _sections.ForEach(section => section.Dispose());
}

/// <summary>One node's minutes.</summary>
internal interface ICertificateSection : IDisposable
{
    NodeKey Key { get; }

    Task WriteAsync(CertificateWriter writer, CancellationToken cancellationToken);
}

/// <summary>Out of this node's log.</summary>
internal sealed class OwnSection(
    CertificateBuilder builder, ContractId contractId, IReadOnlyList<SignedHead> heads, NodeKey key)
    : ICertificateSection
{
    public NodeKey Key => key;

    public Task WriteAsync(CertificateWriter writer, CancellationToken cancellationToken) =>
        builder.WriteAsync(writer, contractId, heads, cancellationToken);

    public void Dispose()
    {
    }
}

/// <summary>As another node sends it.</summary>
internal sealed class FetchedSection(Stream line, CertificatePart part) : ICertificateSection
{
    public NodeKey Key => part.Terms.Keys[0];

    public Task WriteAsync(CertificateWriter writer, CancellationToken cancellationToken) =>
        writer.CopyAsync(part, cancellationToken);

    public void Dispose()
    {
        part.Dispose();
        line.Dispose();
    }
}
