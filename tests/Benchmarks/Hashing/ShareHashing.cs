using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Marketplace.Stratum;

namespace Marketplace.Benchmarks.Hashing;

/// <summary>One real share from its fields to its hash, by each way there is to hash.</summary>
public class ShareHashing
{
    private const int HashBytes = 32;

    private readonly RealShare _share = new();
    private readonly Sha256Engine _managed = new ManagedSha256();
    private readonly Sha256Engine _native = LibCryptoSha256.TryLoad()
        ?? throw new InvalidOperationException("No libcrypto.");
    private readonly IncrementalHash _incremental = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _header = new byte[BlockHeader.SizeBytes];

    [Benchmark(Baseline = true, Description = "SHA256.HashData")]
    public byte Framework() => Rebuild(static (_, data, hash) => SHA256.HashData(data, hash));

    [Benchmark(Description = "IncrementalHash")]
    public byte Incremental() => Rebuild(static (self, data, hash) =>
    {
        self._incremental.AppendData(data);
        self._incremental.GetHashAndReset(hash);
    });

    [Benchmark(Description = "libcrypto Init/Update/Final")]
    public byte LibCryptoCalls() => Rebuild(static (_, data, hash) => LibCryptoContext.Hash(data, hash));

    [Benchmark(Description = "libcrypto Transform, midstate")]
    public ShareHash Native() => Judge(_native);

    [Benchmark(Description = "managed, midstate")]
    public ShareHash Managed() => Judge(_managed);

    private ShareHash Judge(Sha256Engine engine) => _share.Job.Hash(
        engine, _share.Extranonce1, _share.Extranonce2, _share.Version, _share.NTime, _share.Nonce, _header);

    private byte Rebuild(Hashing hash)
    {
        Span<byte> node = stackalloc byte[2 * HashBytes];
        Span<byte> once = stackalloc byte[HashBytes];
        hash(this, _share.Coinbase, once);
        hash(this, once, node);
        for (var branches = _share.Job.PoolJob.MerkleBranches; !branches.IsEmpty; branches = branches[HashBytes..])
        {
            branches[..HashBytes].CopyTo(node[HashBytes..]);
            hash(this, node, once);
            hash(this, once, node);
        }

        hash(this, _share.Header, once);
        hash(this, once, node);
        return node[0];
    }

    private delegate void Hashing(ShareHashing self, ReadOnlySpan<byte> data, Span<byte> hash);
}

internal static unsafe partial class LibCryptoContext
{
    private const string Library = "libcrypto.so.3";
    private const int ContextWords = 28;

    public static void Hash(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        var context = stackalloc uint[ContextWords];
        fixed (byte* bytes = data, digest = hash)
        {
            _ = SHA256_Init(context);
            _ = SHA256_Update(context, bytes, (nuint)data.Length);
            _ = SHA256_Final(digest, context);
        }
    }

    [LibraryImport(Library), SuppressGCTransition]
    private static partial int SHA256_Init(uint* context);

    [LibraryImport(Library), SuppressGCTransition]
    private static partial int SHA256_Update(uint* context, byte* data, nuint length);

    [LibraryImport(Library), SuppressGCTransition]
    private static partial int SHA256_Final(byte* digest, uint* context);
}
