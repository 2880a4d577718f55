using System.Text;
using Marketplace.Primitives;
using Shouldly;

namespace Marketplace.Stratum.Tests;

/// <summary>Shares hashed side by side against the same shares hashed alone.</summary>
public sealed class ShareBatchTests
{
    private readonly ShareBatch _batch = new();

    [Fact]
    public void Every_real_share_has_its_recorded_hash_whatever_stands_beside_it()
    {
        var all = ShareVector.All;
        for (var first = 0; first < all.Count; first++)
        {
            var shares = Enumerable.Range(first, ShareBatch.Capacity)
                .Select(number => all[number % all.Count])
                .Select(vector => (Vector: vector, Job: vector.Unmoved(Easy)))
                .ToList();
            foreach (var (vector, job) in shares)
            {
                _batch.TryAdd(job, Submit(vector.SubmitLine), vector.Assignment.Extranonce1, vector.VersionMask)
                    .ShouldBe(ShareBatch.IsSupported);
            }

            _batch.Hash();
            foreach (var (vector, job) in shares)
            {
                job.Judge(
                    Submit(vector.SubmitLine), vector.Assignment.Extranonce1, vector.VersionMask, _batch, out var hash);
                hash.ToString().ShouldBe(vector.Hash, vector.Name);
            }

            _batch.Clear();
        }
    }

    [Fact]
    public void Coinbases_and_branches_of_every_length_hash_as_they_do_alone()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var shares = Enumerable.Range(0, random.Next(1, ShareBatch.Capacity + 1))
                .Select(_ => RandomShare.Of(random)).ToList();
            shares.ForEach(share => _batch.TryAdd(share.Job, Submit(share.Line), share.Extranonce1, RandomShare.Mask));
            _batch.Hash();
            foreach (var share in shares)
            {
                var submit = Submit(share.Line);
                var together = share.Job.Judge(submit, share.Extranonce1, RandomShare.Mask, _batch, out var hash);
                var alone = share.Job.Judge(
                    submit, share.Extranonce1, RandomShare.Mask, new byte[BlockHeader.SizeBytes], out var expected);
                hash.ShouldBe(expected, $"round {round}");
                together.ShouldBe(alone);
            }

            _batch.Clear();
        }
    }

    [Fact]
    public void Only_exactly_the_share_that_was_hashed_is_found()
    {
        var vector = ShareVector.Named("lumerin-s19xp-1");
        var job = vector.Unmoved(Easy);
        var submit = Submit(vector.SubmitLine);
        var extranonce1 = vector.Assignment.Extranonce1;
        _batch.TryAdd(job, submit, extranonce1, vector.VersionMask);
        _batch.TryFind(BatchedShare.Of(job, submit, extranonce1, vector.VersionMask), out _).ShouldBeFalse();
        _batch.Hash();
        var share = BatchedShare.Of(job, submit, extranonce1, vector.VersionMask);

        _batch.TryFind(share, out _).ShouldBe(ShareBatch.IsSupported);
        _batch.TryFind(share with { Nonce = share.Nonce + 1 }, out _).ShouldBeFalse();
        _batch.TryFind(share with { NTime = share.NTime + 1 }, out _).ShouldBeFalse();
        _batch.TryFind(share with { Version = share.Version ^ 0x2000 }, out _).ShouldBeFalse();
        _batch.TryFind(share with { Extranonce2 = new Extranonce([1, 2]) }, out _).ShouldBeFalse();
        _batch.TryFind(share with { Extranonce1 = new Extranonce([1, 2]) }, out _).ShouldBeFalse();
        _batch.TryFind(share with { Job = vector.Unmoved(Easy) }, out _).ShouldBeFalse();
        _batch.Clear();
        _batch.TryFind(share, out _).ShouldBeFalse();
    }

    [Fact]
    public void What_cannot_be_hashed_with_others_is_not_taken_and_still_judged()
    {
        var share = RandomShare.Of(new Random(8));
        var submit = Submit(share.Line);
        var longer = new Extranonce([.. share.Extranonce1.Bytes, 0]);
        var scrypt = new DownstreamJob(
            "1", share.Job.PoolJob, share.Job.Seam, share.Job.Prefix, Target.Max, algorithm: Algorithm.Scrypt);

        _batch.TryAdd(share.Job, submit, longer, 0).ShouldBeFalse();
        _batch.TryAdd(scrypt, submit, share.Extranonce1, 0).ShouldBeFalse();
        _batch.Hash();
        share.Job.Judge(submit, longer, 0, _batch, out _).ShouldBe(ShareVerdict.Malformed);
        var header = new byte[BlockHeader.SizeBytes];
        scrypt.Judge(submit, share.Extranonce1, RandomShare.Mask, header, out var expected);
        scrypt.Judge(submit, share.Extranonce1, RandomShare.Mask, _batch, out var hash);
        hash.ShouldBe(expected);
    }

    [Fact]
    public void It_takes_no_more_than_it_has_lanes()
    {
        var share = RandomShare.Of(new Random(9));
        var taken = 0;
        while (_batch.TryAdd(share.Job, Submit(share.Line), share.Extranonce1, RandomShare.Mask))
        {
            taken++;
        }

        taken.ShouldBe(ShareBatch.IsSupported ? ShareBatch.Capacity : 0);
    }

    private static Difficulty Easy => Difficulty.Parse("0.0000000001");

    private static SubmitRequest Submit(string line)
    {
        SubmitRequest.TryParse(StratumMessage.Parse(Encoding.UTF8.GetBytes(line)), out var submit, out _)
            .ShouldBeTrue();
        return submit;
    }
}
