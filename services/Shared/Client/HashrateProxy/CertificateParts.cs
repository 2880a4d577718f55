namespace Marketplace.Client.HashrateProxy;

/// <param name="Parts">By name; a certificate that lacks one of them is not whole.</param>
public sealed record CertificatePartList(IReadOnlyList<CertificatePartView> Parts);

/// <summary>What one node closed of a contract.</summary>
/// <param name="HeadCount">Its minutes so far.</param>
/// <param name="IsClosed">No further minute comes from it.</param>
public sealed record CertificatePartView(
    string NodeName, long HeadCount, DateTimeOffset FirstMinuteAt, DateTimeOffset LastMinuteAt, bool IsClosed);
