using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Marketplace.Simulators.ProofOfWork;

/// <summary>scrypt with N = 1024, r = 1, p = 1, word by word as RFC 7914 writes it down.</summary>
internal static class PlainScrypt
{
    private const int Cost = 1024;
    private const int BlockBytes = 128;
    private const int BlockWords = 32;
    private const int HalfWords = 16;
    private const int DoubleRounds = 4;

    /// <summary>The four words of each column and each row, in the order in which they are mixed.</summary>
    private static readonly int[][] Quarters =
    [
        [0, 4, 8, 12], [5, 9, 13, 1], [10, 14, 2, 6], [15, 3, 7, 11],
        [0, 1, 2, 3], [5, 6, 7, 4], [10, 11, 8, 9], [15, 12, 13, 14],
    ];

    public static byte[] Hash(byte[] header)
    {
        var block = Derive(header, header, BlockBytes);
        var words = Enumerable.Range(0, BlockWords)
            .Select(word => BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(word * sizeof(uint))))
            .ToArray();
        Mix(words);
        for (var word = 0; word < BlockWords; word++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(word * sizeof(uint)), words[word]);
        }

        return Derive(header, block, SHA256.HashSizeInBytes);
    }

    private static byte[] Derive(byte[] password, byte[] salt, int length) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations: 1, HashAlgorithmName.SHA256, length);

    private static void Mix(uint[] block)
    {
        var seen = new uint[Cost][];
        for (var round = 0; round < Cost; round++)
        {
            seen[round] = [.. block];
            MixBlock(block);
        }

        for (var round = 0; round < Cost; round++)
        {
            var other = seen[block[HalfWords] % Cost];
            for (var word = 0; word < BlockWords; word++)
            {
                block[word] ^= other[word];
            }

            MixBlock(block);
        }
    }

    private static void MixBlock(uint[] block)
    {
        Salsa(block.AsSpan(0, HalfWords), block.AsSpan(HalfWords));
        Salsa(block.AsSpan(HalfWords), block.AsSpan(0, HalfWords));
    }

    private static void Salsa(Span<uint> half, ReadOnlySpan<uint> before)
    {
        Span<uint> mixed = stackalloc uint[HalfWords];
        for (var word = 0; word < HalfWords; word++)
        {
            half[word] ^= before[word];
            mixed[word] = half[word];
        }

        for (var round = 0; round < DoubleRounds; round++)
        {
            foreach (var quarter in Quarters)
            {
                var (a, b, c, d) = (quarter[0], quarter[1], quarter[2], quarter[3]);
                mixed[b] ^= BitOperations.RotateLeft(mixed[a] + mixed[d], 7);
                mixed[c] ^= BitOperations.RotateLeft(mixed[b] + mixed[a], 9);
                mixed[d] ^= BitOperations.RotateLeft(mixed[c] + mixed[b], 13);
                mixed[a] ^= BitOperations.RotateLeft(mixed[d] + mixed[c], 18);
            }
        }

        for (var word = 0; word < HalfWords; word++)
        {
            half[word] += mixed[word];
        }
    }
}
