using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>One <c>mining.notify</c> of a pool: immutable, shared by everything that is built on it.</summary>
public sealed class PoolJob
{
    private const int HashBytes = 32;
    private const int WordBytes = 4;

    private readonly byte[] _idUtf8;
    private readonly byte[] _previousHash;
    private readonly byte[] _coinbase1;
    private readonly byte[] _coinbase2;
    private readonly byte[] _merkleBranches;

    internal PoolJob(
        string id, byte[] previousHash, byte[] coinbase1, byte[] coinbase2, byte[] merkleBranches,
        uint version, uint networkBits, uint nTime, bool isClean)
    {
        (Id, _idUtf8) = (id, Encoding.UTF8.GetBytes(id));
        (_previousHash, _coinbase1, _coinbase2, _merkleBranches) = (previousHash, coinbase1, coinbase2, merkleBranches);
        (Version, NetworkBits, NTime, IsClean) = (version, networkBits, nTime, isClean);
        BlockTarget = Target.FromCompact(networkBits);
        CoinbaseStart = Sha256Stream.Of(Sha256Engine.Best, coinbase1);
        PreviousHashInHeader = SwapWords(previousHash);
    }

    /// <summary>The pool's name for it; pools reuse names, also after a reconnect.</summary>
    public string Id { get; }

    public ReadOnlySpan<byte> IdUtf8 => _idUtf8;

    /// <summary>The previous block's hash as it is on the wire: every word of four bytes reversed.</summary>
    public ReadOnlySpan<byte> PreviousHash => _previousHash;

    public ReadOnlySpan<byte> Coinbase1 => _coinbase1;

    public ReadOnlySpan<byte> Coinbase2 => _coinbase2;

    /// <summary>The merkle branches, 32 bytes each, one behind the other.</summary>
    public ReadOnlySpan<byte> MerkleBranches => _merkleBranches;

    public uint Version { get; }

    /// <summary>The block's target in compact form.</summary>
    public uint NetworkBits { get; }

    public Target BlockTarget { get; }

    /// <summary>Seconds since 1970.</summary>
    public uint NTime { get; }

    /// <summary>
    /// Work on earlier jobs is lost. A changed <see cref="PreviousHash"/> means the same, whatever this says.
    /// </summary>
    public bool IsClean { get; }

    internal Sha256Stream CoinbaseStart { get; }

    internal byte[] PreviousHashInHeader { get; }

    /// <summary>
    /// True when the job's version has a bit inside the mask. Firmware and pools disagree on how to combine such bits,
    /// so that every share would fail: flag the pool.
    /// </summary>
    public bool CollidesWith(uint versionMask) => (Version & versionMask) != 0;

    /// <summary>Reads a <c>mining.notify</c>; false with the reason when anything in it is not as it must be.</summary>
    public static bool TryParse(
        in StratumMessage message, [NotNullWhen(true)] out PoolJob? job, out ParseFault fault)
    {
        job = null;
        fault = ParseFault.TooFewParameters;
        var items = new JsonItems(message.Parameters);
        if (!items.TryNext(out var id) || !items.TryNext(out var previousHash) || !items.TryNext(out var coinbase1)
            || !items.TryNext(out var coinbase2) || !items.TryNext(out var branches) || !items.TryNext(out var version)
            || !items.TryNext(out var networkBits) || !items.TryNext(out var nTime))
        {
            return false;
        }

        fault = ParseFault.WrongType;
        if (!id.TryGetText(StratumLimits.JobIdBytes, out var jobId) || !branches.IsArray)
        {
            return false;
        }

        fault = ReadBranches(branches, out var branchBytes);
        if (fault != ParseFault.None)
        {
            return false;
        }

        fault = ParseFault.BadHex;
        if (!previousHash.TryGetBytes(out var previous) || previous.Length != HashBytes
            || !coinbase1.TryGetBytes(out var first) || !coinbase2.TryGetBytes(out var second)
            || !version.TryGetHexWord(out var versionWord) || !networkBits.TryGetHexWord(out var bits)
            || !nTime.TryGetHexWord(out var time))
        {
            return false;
        }

        // Firmware takes the last parameter as the flag; a pool that leaves it out means "go on".
        var isClean = items.TryNext(out var clean) && clean.IsTrue;
        fault = ParseFault.None;
        job = new PoolJob(jobId, previous, first, second, branchBytes, versionWord, bits, time, isClean);
        return true;
    }

    private static ParseFault ReadBranches(JsonValue branches, out byte[] bytes)
    {
        bytes = [];
        Span<byte> read = stackalloc byte[StratumLimits.MerkleBranches * HashBytes];
        var length = 0;
        var items = new JsonItems(branches.Raw);
        while (items.TryNext(out var branch))
        {
            if (length == read.Length)
            {
                return ParseFault.TooLong;
            }

            if (!branch.TryGetBytes(out var hash) || hash.Length != HashBytes)
            {
                return ParseFault.BadHex;
            }

            hash.CopyTo(read[length..]);
            length += HashBytes;
        }

        bytes = read[..length].ToArray();
        return ParseFault.None;
    }

    private static byte[] SwapWords(ReadOnlySpan<byte> wire)
    {
        var header = new byte[HashBytes];
        for (var at = 0; at < HashBytes; at += WordBytes)
        {
            var word = BinaryPrimitives.ReadUInt32BigEndian(wire[at..]);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(at), word);
        }

        return header;
    }
}
