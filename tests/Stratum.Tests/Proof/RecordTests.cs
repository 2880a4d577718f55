using System.Text;
using Marketplace.Primitives;
using Marketplace.Stratum.Proof;
using Marketplace.TestKit;
using Shouldly;

namespace Marketplace.Stratum.Tests.Proof;

public sealed class RecordTests(ITestOutputHelper output)
{
    private const int Cases = 2_000;
    private const int MostBytesOfAShare = 80;
    private static readonly RecordStamp Stamp = new(
        7,
        DateTimeOffset.UnixEpoch.AddMicroseconds(1_760_000_000_123_456),
        new ContractId(new Guid(1, 2, 3, new byte[8])));

    private readonly int _seed = Environment.TickCount;

    [Fact]
    public void A_record_reads_back_as_it_was_written()
    {
        var samples = Samples();
        for (var count = 0; count < Cases; count++)
        {
            var (share, job, worker) = (samples.Share(), samples.DownstreamJob(), samples.Worker());
            var (answer, change, route) = (samples.PoolAnswer(), samples.DifficultyChange(), samples.RouteChange());
            ShareRecord.Read(RecordBody.Of(ShareRecord.MaxBytes, share.Write)).ShouldBe(share);
            DownstreamJobRecord.Read(RecordBody.Of(DownstreamJobRecord.MaxBytes, job.Write)).ShouldBe(job);
            WorkerRecord.Read(RecordBody.Of(WorkerRecord.MaxBytes, worker.Write)).ShouldBe(worker);
            PoolAnswerRecord.Read(RecordBody.Of(PoolAnswerRecord.MaxBytes, answer.Write)).ShouldBe(answer);
            DifficultyChangeRecord.Read(RecordBody.Of(DifficultyChangeRecord.MaxBytes, change.Write)).ShouldBe(change);
            RouteChangeRecord.Read(RecordBody.Of(RouteChangeRecord.MaxBytes, route.Write)).ShouldBe(route);
        }
    }

    [Fact]
    public void A_pools_job_reads_back_with_every_part_of_its_headers()
    {
        var samples = Samples();
        for (var count = 0; count < Cases / 10; count++)
        {
            var written = samples.PoolJob();
            var read = PoolJobRecord.Read(RecordBody.Of(PoolJobRecord.MaxBytes, written.Write));

            (read with { Job = written.Job }).ShouldBe(written);
            read.Job.Id.ShouldBe(written.Job.Id);
            read.Job.PreviousHash.ToArray().ShouldBe(written.Job.PreviousHash.ToArray());
            read.Job.Coinbase1.ToArray().ShouldBe(written.Job.Coinbase1.ToArray());
            read.Job.Coinbase2.ToArray().ShouldBe(written.Job.Coinbase2.ToArray());
            read.Job.MerkleBranches.ToArray().ShouldBe(written.Job.MerkleBranches.ToArray());
            (read.Job.Version, read.Job.NetworkBits, read.Job.NTime, read.Job.IsClean).ShouldBe(
                (written.Job.Version, written.Job.NetworkBits, written.Job.NTime, written.Job.IsClean));
        }
    }

    [Theory]
    [MemberData(nameof(ShareVector.Names), MemberType = typeof(ShareVector))]
    public void A_real_share_hashes_the_same_out_of_its_records(string name)
    {
        var vector = ShareVector.Named(name);
        var (job, share) = Records(vector);
        var unmoved = vector.Unmoved(Difficulty.Of(1)).Seam;
        var poolJob = new PoolJobRecord(
            Stamp, null, 1, Algorithm.Sha256d, vector.Job, unmoved.Pool,
            Difficulty.Of(1), vector.VersionMask);
        poolJob = PoolJobRecord.Read(RecordBody.Of(PoolJobRecord.MaxBytes, poolJob.Write));
        job = DownstreamJobRecord.Read(RecordBody.Of(DownstreamJobRecord.MaxBytes, job.Write));
        share = ShareRecord.Read(RecordBody.Of(ShareRecord.MaxBytes, share.Write));

        var header = new byte[BlockHeader.SizeBytes];
        job.ToJob(poolJob).Judge(share.ToSubmit(), job.WorkerExtranonce1, job.VersionMask, header, out var hash);

        Convert.ToHexStringLower(header).ShouldBe(vector.Header);
        hash.ToString().ShouldBe(vector.Hash);
    }

    [Fact]
    public void A_share_is_small_and_written_without_garbage()
    {
        var (_, share) = Records(ShareVector.Named("lumerin-s19xp-1"));
        var body = new byte[ShareRecord.MaxBytes];
        share.Write(body).ShouldBeLessThanOrEqualTo(MostBytesOfAShare);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < Cases; count++)
        {
            share.Write(body);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_record_that_was_cut_off_or_goes_on_too_long_says_so()
    {
        foreach (var body in Samples().Bodies(80))
        {
            for (var length = 0; length < body.Length; length++)
            {
                Should.Throw<RecordFormatException>(() => AnyRecord.Rewrite(body[..length]));
            }

            Should.Throw<RecordFormatException>(() => AnyRecord.Rewrite([.. body, 0]));
        }
    }

    [Fact]
    public void Flipped_bytes_are_refused_or_are_another_record_that_has_only_this_form()
    {
        var random = new Random(_seed);
        foreach (var body in Samples().Bodies(Cases * 5))
        {
            for (var flips = random.Next(3); flips >= 0; flips--)
            {
                body[random.Next(body.Length)] ^= (byte)(1 << random.Next(8));
            }

            try
            {
                AnyRecord.Rewrite(body).ShouldBe(body);
            }
            catch (RecordFormatException)
            {
                // It says so, in its own words.
            }
        }
    }

    [Fact]
    public void Words_of_others_are_cut_at_a_whole_character()
    {
        var name = new string('€', 100);
        var worker = new WorkerRecord(Stamp, 1, default, WorkerEvent.Named, 0, name, "\ud800");

        var read = WorkerRecord.Read(RecordBody.Of(WorkerRecord.MaxBytes, worker.Write));

        read.Name.ShouldBe(new string('€', RecordLimits.NameBytes / 3));
        read.Firmware.ShouldBe("\ufffd");
    }

    [Fact]
    public void The_stamp_can_be_read_without_knowing_the_kind()
    {
        var (_, share) = Records(ShareVector.Named("lumerin-s19xp-1"));
        var body = RecordBody.Of(ShareRecord.MaxBytes, share.Write);

        RecordStamp.KindOf(body).ShouldBe(RecordKind.Share);
        RecordStamp.Of(body).ShouldBe(share.Stamp);
        Should.Throw<RecordFormatException>(() => RecordStamp.KindOf([99])).Message.ShouldContain("99");
        Should.Throw<RecordFormatException>(() => RecordStamp.KindOf([]));
    }

    private static (DownstreamJobRecord Job, ShareRecord Share) Records(ShareVector vector)
    {
        SubmitRequest.TryParse(StratumMessage.Parse(Encoding.UTF8.GetBytes(vector.SubmitLine)), out var submit, out _)
            .ShouldBeTrue();
        var job = new DownstreamJobRecord(
            Stamp with { Number = 8 }, 7, 3, default, vector.Assignment.Extranonce1, vector.Assignment.Extranonce2Bytes,
            vector.Job.NTime, Difficulty.Of(1), vector.VersionMask);
        var share = new ShareRecord(
            Stamp with { Number = 9 }, 8, 0, ShareVerdict.Accepted,
            submit.Extranonce2, submit.NTime, submit.Nonce, submit.VersionBits);
        return (job, share);
    }

    private RecordSamples Samples()
    {
        output.WriteLine($"seed {_seed}");
        return new RecordSamples(_seed);
    }
}
