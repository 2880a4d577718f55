namespace Marketplace.Stratum;

/// <summary>SHA-256 twice: the proof of work of Bitcoin, and the node hash of its merkle tree.</summary>
public static class Sha256d
{
    /// <summary>What hashes on this machine: <c>libcrypto.so.3</c>, or <c>managed</c> where there is none.</summary>
    public static string EngineName => Sha256Engine.Best.Name;

    /// <summary>Writes 32 bytes; read as a little-endian number they are what a target is compared with.</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> hash) => Hash(Sha256Engine.Best, data, hash);

    internal static void Hash(Sha256Engine engine, ReadOnlySpan<byte> data, Span<byte> hash) =>
        Sha256Stream.Of(engine, data).FinishTwice(engine, hash);
}
