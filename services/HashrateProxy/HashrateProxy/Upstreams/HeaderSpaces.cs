using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// Gives every downstream notify of one upstream a header space of its own: a prefix that was never used before and
/// cannot be guessed, or, where the pool leaves no bytes for one, a later ntime. Miners restart extranonce2 on a clean
/// job, so two notifies in one space would be the same work twice. One set per previous block. Guarded by its owner's
/// lock.
/// </summary>
internal sealed class HeaderSpaces
{
    /// <summary>
    /// Prefixes longer than this are random enough never to meet; the rest of the bytes are random too.
    /// </summary>
    private const int TrackedPrefixBytes = 4;

    /// <summary>How far ahead of the pool's clock a job may be moved; pools refuse from 7000 s on.</summary>
    public const uint MaxNTimeLeadSeconds = 600;

    private readonly HashSet<uint> _usedPrefixes = [];
    private readonly Dictionary<ulong, uint> _lastNTimes = [];
    private uint _prefixLeadSeconds;

    /// <summary>Takes a space that is used by nobody.</summary>
    /// <param name="prefix">Filled with the prefix; its length is what the pool's extranonce2 leaves.</param>
    /// <param name="workerExtranonce1">
    /// The worker's own extranonce1: what tells workers apart where there is no prefix.
    /// </param>
    /// <param name="poolNTime">The ntime of the pool's job.</param>
    /// <param name="ntime">The ntime to send.</param>
    /// <returns>False when every space of this job is used up.</returns>
    public bool TryTake(Span<byte> prefix, ReadOnlySpan<byte> workerExtranonce1, uint poolNTime, out uint ntime)
    {
        if (prefix.IsEmpty)
        {
            return TryTakeLaterTime(workerExtranonce1, poolNTime, out ntime);
        }

        TakePrefix(prefix);
        ntime = poolNTime + _prefixLeadSeconds;
        return _prefixLeadSeconds <= MaxNTimeLeadSeconds;
    }

    private void TakePrefix(Span<byte> prefix)
    {
        var tracked = Math.Min(prefix.Length, TrackedPrefixBytes);
        if (_usedPrefixes.Count >= 1L << (8 * tracked))
        {
            // Every prefix was used once at this time: a second later they are all new again.
            _usedPrefixes.Clear();
            _prefixLeadSeconds++;
        }

        Span<byte> key = stackalloc byte[TrackedPrefixBytes];
        key.Clear();
        do
        {
            RandomNumberGenerator.Fill(prefix);
            prefix[..tracked].CopyTo(key);
        }
        while (!_usedPrefixes.Add(BinaryPrimitives.ReadUInt32LittleEndian(key)));
    }

    private bool TryTakeLaterTime(ReadOnlySpan<byte> workerExtranonce1, uint poolNTime, out uint ntime)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        workerExtranonce1[..Math.Min(workerExtranonce1.Length, sizeof(ulong))].CopyTo(bytes);
        var key = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        ntime = _lastNTimes.TryGetValue(key, out var last) && last >= poolNTime ? last + 1 : poolNTime;
        if (ntime - poolNTime > MaxNTimeLeadSeconds)
        {
            return false;
        }

        _lastNTimes[key] = ntime;
        return true;
    }
}
