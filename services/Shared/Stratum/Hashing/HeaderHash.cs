using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>How an algorithm turns a header into the number that is compared with a target.</summary>
internal abstract class HeaderHash
{
    private static readonly HeaderHash Sha256dHash = new OfSha256d();
    private static readonly HeaderHash ScryptHash = new OfScrypt();

    public static HeaderHash Of(Algorithm algorithm) =>
        algorithm == Algorithm.Scrypt || algorithm == Algorithm.ScryptDemo ? ScryptHash : Sha256dHash;

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
