using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Marketplace.Stratum;

namespace Marketplace.Benchmarks.Hashing;

/// <summary>One header of Litecoin, by each way there is to hash it.</summary>
public partial class ScryptHashing
{
    private const string Library = "libcrypto.so.3";
    private const ulong Cost = 1024;
    private const ulong MaxMemoryBytes = 1024 * 1024;

    private readonly byte[] _header = new byte[BlockHeader.SizeBytes];
    private readonly byte[] _hash = new byte[Sha256Engine.HashBytes];

    [Benchmark(Baseline = true, Description = "ours, by vectors")]
    public byte Ours()
    {
        Scrypt.Hash(_header, _hash);
        return _hash[0];
    }

    [Benchmark(Description = "libcrypto EVP_PBE_scrypt")]
    public int LibCrypto() => EVP_PBE_scrypt(
        _header, (nuint)_header.Length, _header, (nuint)_header.Length, Cost, 1, 1, MaxMemoryBytes, _hash,
        (nuint)_hash.Length);

    [LibraryImport(Library)]
    private static partial int EVP_PBE_scrypt(
        byte[] password, nuint passwordBytes, byte[] salt, nuint saltBytes, ulong cost, ulong blocks, ulong lanes,
        ulong maxMemoryBytes, byte[] key, nuint keyBytes);
}
