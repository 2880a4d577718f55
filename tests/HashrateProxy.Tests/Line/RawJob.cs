using System.Text;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Tests.Line;

/// <summary>A notify as the worker sees it, with the difficulty that was in force when it came.</summary>
internal sealed record RawJob(
    string Id, DownstreamJob Work, byte[] Extranonce1, int Extranonce2Bytes, uint VersionMask, string CoinbaseText)
{
    public uint NTime => Work.NTime;

    public static RawJob Read(string line, RawWorker worker, Difficulty difficulty)
    {
        PoolJob.TryParse(StratumMessage.Parse(Encoding.UTF8.GetBytes(line)), out var job, out _).ShouldBeTrue();
        var seam = CoinbaseSeam.Unmoved(worker.Extranonce1.Length, worker.Extranonce2Bytes);
        var target = difficulty.ToTarget(Algorithm.Sha256dDemo);
        var text = Encoding.Latin1.GetString(job!.Coinbase2).Split('/');
        return new RawJob(
            job.Id, new DownstreamJob(job.Id, job, seam, default, target), worker.Extranonce1, worker.Extranonce2Bytes,
            worker.VersionMask, text.Length > 2 ? text[1] : "");
    }

    /// <summary>Hashes nonce after nonce until one meets the target, or misses it where that is wanted.</summary>
    public RawShare Mine(bool misses = false, int ntimeOffset = 0, uint? versionBits = null, uint firstNonce = 0)
    {
        var extranonce2 = new byte[Extranonce2Bytes];
        Span<byte> header = stackalloc byte[BlockHeader.SizeBytes];
        var ntime = (uint)(NTime + ntimeOffset);
        var bits = versionBits ?? (VersionMask != 0 ? 0u : null);
        for (var nonce = firstNonce; ; nonce++)
        {
            var hash = Work.Hash(
                new Extranonce(Extranonce1),
                new Extranonce(extranonce2),
                Work.VersionOf(bits, VersionMask),
                ntime,
                nonce,
                header);
            if (hash.Meets(Work.Target) != misses)
            {
                return new RawShare(this, extranonce2, ntime, nonce, bits);
            }
        }
    }
}

internal sealed record RawShare(RawJob Job, byte[] Extranonce2, uint NTime, uint Nonce, uint? VersionBits);
