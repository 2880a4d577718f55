using System.Buffers.Binary;
using System.Security.Cryptography;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// Gives every downstream notify of one upstream a header space of its own: the worker's extranonce1 with a prefix that
/// was never used before and cannot be guessed; when none is left, or no bytes for one, with a later ntime. Miners
/// restart extranonce2 on a clean job, so two notifies in one space would be the same work twice. One set per previous
/// block. Guarded by its owner's lock.
/// </summary>
internal sealed class HeaderSpaces
{
    /// <summary>
    /// Prefixes longer than this are random enough never to meet; the rest of the bytes are random too.
    /// </summary>
    private const int TrackedPrefixBytes = 4;

    /// <summary>How far ahead of the pool's clock a job may be moved; pools refuse from 7000 s on.</summary>
    public const uint MaxNTimeLeadSeconds = 600;

    private readonly Dictionary<Extranonce, Spaces> _byExtranonce1 = [];

    /// <summary>Takes a space that is used by nobody.</summary>
    /// <param name="prefix">Filled with the prefix; its length is what the pool's extranonce2 leaves.</param>
    /// <param name="workerExtranonce1">The worker's own extranonce1: the spaces of two never meet.</param>
    /// <param name="poolNTime">The ntime of the pool's job.</param>
    /// <param name="ntime">The ntime to send.</param>
    /// <returns>False when every space of this job is used up.</returns>
    public bool TryTake(Span<byte> prefix, ReadOnlySpan<byte> workerExtranonce1, uint poolNTime, out uint ntime)
    {
        var key = new Extranonce(workerExtranonce1);
        if (!_byExtranonce1.TryGetValue(key, out var spaces))
        {
            _byExtranonce1.Add(key, spaces = new Spaces());
        }

        return spaces.TryTake(prefix, poolNTime, out ntime);
    }

    private sealed class Spaces
    {
        private readonly HashSet<uint> _usedPrefixes = [];
        private uint _earliestNTime;
        private uint _latestNTime;

        public bool TryTake(Span<byte> prefix, uint poolNTime, out uint ntime)
        {
            var tracked = Math.Min(prefix.Length, TrackedPrefixBytes);
            var isUsedUp = _usedPrefixes.Count >= 1L << (8 * tracked);
            ntime = Math.Max(poolNTime, isUsedUp ? _latestNTime + 1 : _earliestNTime);
            if (ntime - poolNTime > MaxNTimeLeadSeconds)
            {
                return false;
            }

            if (isUsedUp)
            {
                // Every prefix was used once, at this time at the latest: a second later they are all new again.
                _usedPrefixes.Clear();
                _earliestNTime = ntime;
            }

            _latestNTime = Math.Max(_latestNTime, ntime);
            TakePrefix(prefix, tracked);
            return true;
        }

        private void TakePrefix(Span<byte> prefix, int tracked)
        {
            Span<byte> key = stackalloc byte[TrackedPrefixBytes];
            key.Clear();
            do
            {
                RandomNumberGenerator.Fill(prefix);
                prefix[..tracked].CopyTo(key);
            }
            while (!_usedPrefixes.Add(BinaryPrimitives.ReadUInt32LittleEndian(key)));
        }
    }
}
