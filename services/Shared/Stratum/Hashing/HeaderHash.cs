using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>How an algorithm turns a header into the number that is compared with a target.</summary>
internal abstract class HeaderHash
{
    private static readonly HeaderHash Sha256dHash = new OfSha256d();
    private static readonly HeaderHash ScryptHash = new OfScrypt();

    /// <summary>Without a verifier it is SHA-256d, which tells headers apart and proves nothing.</summary>
    public static HeaderHash Of(Algorithm algorithm) => algorithm.Verifier switch
    {
        null or HashFunction.Sha256d => Sha256dHash,
        HashFunction.Scrypt => ScryptHash,
        var unknown => throw new ArgumentOutOfRangeException(nameof(algorithm), unknown, "It has no code here."),
    };

    public bool IsSha256d => this == Sha256dHash;

    /// <param name="engine">What hashes.</param>
    /// <param name="header">80 bytes.</param>
    /// <param name="hash">Receives 32 bytes, the least significant first.</param>
    public abstract void Hash(Sha256Engine engine, ReadOnlySpan<byte> header, Span<byte> hash);

    private sealed class OfSha256d : HeaderHash
    {
        public override void Hash(Sha256Engine engine, ReadOnlySpan<byte> header, Span<byte> hash) =>
            Sha256d.Hash(engine, header, hash);
    }

    private sealed class OfScrypt : HeaderHash
    {
        public override void Hash(Sha256Engine engine, ReadOnlySpan<byte> header, Span<byte> hash) =>
            Scrypt.Hash(engine, header, hash);
    }
}
