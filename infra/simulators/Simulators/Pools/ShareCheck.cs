using System.Numerics;
using Marketplace.Simulators.ProofOfWork;
using Marketplace.Simulators.Wire;

namespace Marketplace.Simulators.Pools;

/// <summary>One <c>mining.submit</c> as text, as it came over the wire.</summary>
internal sealed record SubmittedShare(
    string WorkerName, string JobId, string Extranonce2, string Time, string Nonce, string? VersionBits);

/// <summary>What a job was sent under: whose extranonce1, which mask, which difficulty.</summary>
internal sealed record IssuedJob(
    PoolJob Job, Difficulty Difficulty, byte[] Extranonce1, int Extranonce2SizeBytes, uint? VersionMask);

internal sealed record CheckedShare(ShareVerdict Verdict, BigInteger Hash, byte[] Header)
{
    public static CheckedShare Rejected(ShareVerdict verdict) => new(verdict, BigInteger.Zero, []);
}

/// <summary>
/// Rebuilds a share's header and compares its hash with its job's target; knows no duplicates. Where there is no code
/// for the hash the target is left out.
/// </summary>
internal static class ShareCheck
{
    /// <summary>A share's time may run ahead of its job's by so much, in seconds (ckpool's rule).</summary>
    private const uint LongestTimeRollSeconds = 7_000;

    public static CheckedShare Check(SubmittedShare share, IssuedJob issued, Algorithm algorithm)
    {
        if (!Hex.TryBytes(share.Extranonce2, out var extranonce2)
            || extranonce2.Length != issued.Extranonce2SizeBytes
            || !Hex.TryWord(share.Time, out var time)
            || !Hex.TryWord(share.Nonce, out var nonce))
        {
            return CheckedShare.Rejected(ShareVerdict.Malformed);
        }

        var job = issued.Job;
        if (!TryVersion(share.VersionBits, issued.VersionMask, job.Version, out var version))
        {
            return CheckedShare.Rejected(ShareVerdict.BadVersion);
        }

        if (time < job.Time || time > job.Time + LongestTimeRollSeconds)
        {
            return CheckedShare.Rejected(ShareVerdict.BadTime);
        }

        byte[] coinbase = [.. job.CoinbaseStart, .. issued.Extranonce1, .. extranonce2, .. job.CoinbaseEnd];
        var root = PlainProofOfWork.MerkleRoot(coinbase, job.Branches);
        var header = PlainProofOfWork.Header(
            version, job.Block.PreviousHashOnWire, root, time, job.NetworkBits, nonce);
        var hash = PlainProofOfWork.HashNumber(header, algorithm);
        var verdict = algorithm.IsPoolAttested || hash <= PlainProofOfWork.Target(issued.Difficulty, algorithm)
            ? ShareVerdict.Accepted
            : ShareVerdict.LowDifficulty;
        return new CheckedShare(verdict, hash, header);
    }

    /// <summary>With a mask the sixth parameter is due, without one it is not allowed (BIP310).</summary>
    private static bool TryVersion(string? versionBits, uint? mask, uint jobVersion, out uint version)
    {
        version = jobVersion;
        if (mask is not { } allowed)
        {
            return versionBits is null;
        }

        if (!Hex.TryWord(versionBits, out var bits) || (bits & ~allowed) != 0)
        {
            return false;
        }

        version = (jobVersion & ~allowed) | bits;
        return true;
    }
}
