using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Marketplace.Primitives;
using Shouldly;

namespace Marketplace.Stratum.Tests;

public sealed class CoinbaseSeamTests
{
    private const int Layouts = 1_000;

    [Fact]
    public void The_coinbase_through_a_moved_seam_is_the_pools_own()
    {
        var cases =
            from extranonce1Bytes in Gen.Choose(0, 8)
            from extranonce2Bytes in Gen.Choose(4, 8)
            from workerExtranonce1Bytes in Gen.Choose(0, 2)
            from workerExtranonce2Bytes in Gen.Choose(2, extranonce2Bytes - workerExtranonce1Bytes)
            from branches in Gen.Choose(0, 12)
            from coinbase1Bytes in Gen.Choose(0, 200)
            from seed in Gen.Choose(0, int.MaxValue - 1)
            select new SeamCase(
                extranonce1Bytes, extranonce2Bytes, workerExtranonce1Bytes, workerExtranonce2Bytes, branches,
                coinbase1Bytes, seed);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Layouts), Prop.ForAll(cases.ToArbitrary(), PoolAgrees));
    }

    [Fact]
    public void A_pool_that_leaves_too_few_bytes_does_not_fit()
    {
        var pool = new ExtranonceAssignment(new Extranonce([1, 2, 3, 4]), 3);

        new CoinbaseSeam(pool, 1, 3).Fits.ShouldBeFalse();
        new CoinbaseSeam(pool, 0, 3).Fits.ShouldBeTrue();
    }

    private static bool PoolAgrees(SeamCase given)
    {
        var random = new Random(given.Seed);
        var poolJob = RandomJob(random, given);
        var pool = new ExtranonceAssignment(RandomExtranonce(random, given.Extranonce1Bytes), given.Extranonce2Bytes);
        var seam = new CoinbaseSeam(pool, given.WorkerExtranonce1Bytes, given.WorkerExtranonce2Bytes);
        var down = new DownstreamJob("a1", poolJob, seam, RandomExtranonce(random, seam.PrefixBytes), Target.Max);
        var extranonce1 = RandomExtranonce(random, given.WorkerExtranonce1Bytes);
        var extranonce2 = RandomExtranonce(random, given.WorkerExtranonce2Bytes);

        // What the worker hashes, from the very line it is sent.
        var received = WorkersView(down);
        var headers = new byte[3][];
        var worker = new ExtranonceAssignment(extranonce1, extranonce2.Length);
        var workers = Hash(received, worker, extranonce2, out headers[0]);
        var pools = Hash(poolJob, pool, down.ToPoolExtranonce2(extranonce1, extranonce2), out headers[1]);
        headers[2] = new byte[BlockHeader.SizeBytes];
        var ours = down.Hash(extranonce1, extranonce2, poolJob.Version, poolJob.NTime, 5, headers[2]);
        return workers == pools && pools == ours
            && headers[0].AsSpan().SequenceEqual(headers[1]) && headers[1].AsSpan().SequenceEqual(headers[2]);
    }

    private static PoolJob WorkersView(DownstreamJob job)
    {
        var line = new System.Buffers.ArrayBufferWriter<byte>();
        new DownstreamLineWriter(line).Notify(job, isClean: true);
        PoolJob.TryParse(StratumMessage.Parse(line.WrittenSpan[..^1]), out var received, out _).ShouldBeTrue();
        return received!;
    }

    /// <summary>
    /// Plain and slow, on the framework's own hash: shares nothing with what is tested but the byte order rules.
    /// </summary>
    private static ShareHash Hash(
        PoolJob job, ExtranonceAssignment assignment, Extranonce extranonce2, out byte[] header)
    {
        byte[] coinbase =
            [.. job.Coinbase1, .. assignment.Extranonce1.Bytes, .. extranonce2.Bytes, .. job.Coinbase2];
        var root = Twice(coinbase);
        for (var at = 0; at < job.MerkleBranches.Length; at += 32)
        {
            root = Twice([.. root, .. job.MerkleBranches.Slice(at, 32)]);
        }

        var previous = job.PreviousHash.ToArray();
        for (var at = 0; at < 32; at += 4)
        {
            Array.Reverse(previous, at, 4);
        }

        header =
        [
            .. BitConverter.GetBytes(job.Version), .. previous, .. root, .. BitConverter.GetBytes(job.NTime),
            .. BitConverter.GetBytes(job.NetworkBits), .. BitConverter.GetBytes(5u),
        ];
        return new ShareHash(Twice(header));
    }

    private static byte[] Twice(byte[] data) =>
        System.Security.Cryptography.SHA256.HashData(System.Security.Cryptography.SHA256.HashData(data));

    private static PoolJob RandomJob(Random random, SeamCase given)
    {
        string Hex(int bytes) => Convert.ToHexStringLower(RandomBytes(random, bytes));
        var branches = string.Join(',', Enumerable.Range(0, given.Branches).Select(_ => $"\"{Hex(32)}\""));
        var line = $$"""
            {"id":null,"method":"mining.notify","params":["j","{{Hex(32)}}","{{Hex(given.Coinbase1Bytes)}}",
            "{{Hex(random.Next(0, 300))}}",[{{branches}}],"{{Hex(4)}}","{{Hex(4)}}","{{Hex(4)}}",true]}
            """;
        PoolJob.TryParse(StratumMessage.Parse(Encoding.UTF8.GetBytes(line)), out var job, out _).ShouldBeTrue();
        return job!;
    }

    private static Extranonce RandomExtranonce(Random random, int bytes) => new(RandomBytes(random, bytes));

    private static byte[] RandomBytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private sealed record SeamCase(
        int Extranonce1Bytes, int Extranonce2Bytes, int WorkerExtranonce1Bytes, int WorkerExtranonce2Bytes,
        int Branches, int Coinbase1Bytes, int Seed);
}
