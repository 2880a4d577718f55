using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace Marketplace.Stratum;

/// <summary>Climbs from sixteen leaves to their merkle roots at once.</summary>
internal static class MerkleLanes
{
    private const int HashWords = Sha256Engine.HashBytes / sizeof(uint);

    /// <param name="shares">Whose jobs have the branches.</param>
    /// <param name="hash">Each lane's leaf; becomes its root.</param>
    public static void Climb(ReadOnlySpan<BatchedShare> shares, ref LaneState hash)
    {
        Span<int> steps = stackalloc int[Sha256Lanes.Count];
        steps = steps[..shares.Length];
        for (var lane = 0; lane < shares.Length; lane++)
        {
            steps[lane] = shares[lane].Job.PoolJob.MerkleBranches.Length / Sha256Engine.HashBytes;
        }

        var isOneJob = IsOneJob(shares);
        var longest = LaneWords.Max(steps);
        var node = default(LaneBlock);
        for (var step = 0; step < longest; step++)
        {
            for (var word = 0; word < HashWords; word++)
            {
                node[word] = hash[word];
            }

            if (isOneJob)
            {
                SpreadBranch(shares[0].Job.PoolJob, step, ref node);
            }
            else
            {
                SetBranches(shares, steps, step, ref node);
            }

            Sha256dLanes.HashNode(node, out var next);
            LaneWords.Advance(ref hash, next, steps, step);
        }
    }

    private static bool IsOneJob(ReadOnlySpan<BatchedShare> shares)
    {
        foreach (var share in shares)
        {
            if (share.Job.PoolJob != shares[0].Job.PoolJob)
            {
                return false;
            }
        }

        return true;
    }

    private static void SpreadBranch(PoolJob job, int step, ref LaneBlock node)
    {
        var branch = job.MerkleBranches.Slice(step * Sha256Engine.HashBytes, Sha256Engine.HashBytes);
        for (var word = 0; word < HashWords; word++)
        {
            node[HashWords + word] =
                Vector512.Create(BinaryPrimitives.ReadUInt32BigEndian(branch[(word * sizeof(uint))..]));
        }
    }

    private static void SetBranches(
        ReadOnlySpan<BatchedShare> shares, ReadOnlySpan<int> steps, int step, ref LaneBlock node)
    {
        var right = node.Words[(HashWords * Sha256Lanes.Count)..];
        for (var lane = 0; lane < shares.Length; lane++)
        {
            if (step < steps[lane])
            {
                LaneWords.Set(
                    right,
                    lane,
                    shares[lane].Job.PoolJob.MerkleBranches.Slice(
                        step * Sha256Engine.HashBytes, Sha256Engine.HashBytes));
            }
        }
    }
}
