using Marketplace.HashrateProxy.ShareLog;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Tests.ShareLog;

public sealed class ShareLogTests : IDisposable
{
    private readonly LogBench _bench = new();

    [Fact]
    public void Every_record_comes_back_as_it_was_written()
    {
        var reading = new SealedReadingRecord(long.MaxValue, [1, 2, 3], [4, 5, 6, 7]);
        using (var log = _bench.Open())
        {
            LogBench.Write(log, 1, _bench.Contract).ShouldNotBeNull();
            LogBench.Write(log, 3).ShouldNotBeNull();
            log.Seal(reading.ToBody()).ShouldBeTrue();
        }

        var entries = _bench.ReadAll();
        entries.Count.ShouldBe(3);
        var share = CountedShareRecord.Read(entries[0].Body);
        (share.WorkerName, share.Work, share.Verdict).ShouldBe(
            (LogBench.NameOf(1), new Work((UInt128)1 << 100), ShareVerdict.Stale));
        (share.Stamp.At, share.Stamp.ContractId).ShouldBe((_bench.Time.GetUtcNow(), _bench.Contract));
        ShareRecord.Read(share.Proof.Span).ShouldSatisfyAllConditions(
            proof => proof.Job.ShouldBe(1),
            proof => proof.NameNumber.ShouldBe((byte)3));
        var stray = CountedShareRecord.Read(entries[1].Body);
        stray.Stamp.ContractId.ShouldBeNull();
        stray.Stamp.Number.ShouldBeGreaterThan(share.Stamp.Number);
        StrayShareRecord.Read(stray.Proof.Span).Connection.ShouldBe(77);
        var restored = SealedReadingRecord.Read(entries[2].Body);
        restored.Sequence.ShouldBe(reading.Sequence);
        restored.Payload.ShouldBe(reading.Payload);
        restored.Signature.ShouldBe(reading.Signature);
    }

    [Fact]
    public void What_nobody_waits_for_stands_before_the_share_that_follows_it()
    {
        using var log = _bench.Open();
        var change = new DifficultyChangeRecord(
            new RecordStamp(0, _bench.Time.GetUtcNow(), _bench.Contract), StratumLeg.Upstream, 1, Difficulty.Of(7));
        var recorder = new ProofRecorder(log);
        recorder.Append(change);
        _bench.ReadAll().ShouldBeEmpty();

        LogBench.Write(log, 1);
        recorder.Append(change);
        _bench.ReadAll().Select(entry => (int)entry.Kind).ShouldBe(
            [(int)RecordKind.DifficultyChange, (int)LogRecordKind.CountedShare]);

        log.Sync();
        var numbers = _bench.ReadAll()
            .Select(entry => RecordStamp.Of(LogRecordKinds.ProofIn(entry).Span).Number).ToList();
        numbers.Count.ShouldBe(3);
        numbers.ShouldBe(numbers.Distinct().Order());
    }

    [Fact]
    public void Instants_ascend_whatever_the_clock_does_and_what_is_complete_stays_so()
    {
        using var log = _bench.Open();
        var noon = _bench.Time.GetUtcNow();
        InstantOfNext().ShouldBe(noon);
        log.OpenFrom(noon + TimeSpan.FromSeconds(5));
        InstantOfNext().ShouldBe(noon + TimeSpan.FromSeconds(5));
        log.OpenFrom(noon);
        _bench.Time.Advance(TimeSpan.FromSeconds(3));
        InstantOfNext().ShouldBe(noon + TimeSpan.FromSeconds(5));
        _bench.Time.Advance(TimeSpan.FromSeconds(3));
        InstantOfNext().ShouldBe(noon + TimeSpan.FromSeconds(6));

        DateTimeOffset InstantOfNext()
        {
            LogBench.Write(log, 1);
            return CountedShareRecord.Read(_bench.ReadAll()[^1].Body).Stamp.At;
        }
    }

    [Fact]
    public void A_tail_torn_at_any_byte_costs_the_last_record_and_no_other()
    {
        using (var log = _bench.Open())
        {
            LogBench.Write(log, 1);
            LogBench.Write(log, 2);
            LogBench.Write(log, 4);
        }

        var path = _bench.OnlySegment();
        var whole = File.ReadAllBytes(path);
        var lastBytes = whole.Length - (int)_bench.ReadAll()[2].Position.Offset;
        for (var torn = 1; torn < lastBytes; torn++)
        {
            File.WriteAllBytes(path, whole[..^torn]);
            var damage = new List<LogDamage>();
            _bench.Names(damage).ShouldBe([LogBench.NameOf(1), LogBench.NameOf(2)], $"{torn} bytes were torn off");
            damage.Single().ShouldSatisfyAllConditions(
                seen => seen.IsTail.ShouldBeTrue(), seen => seen.Bytes.ShouldBe(lastBytes - torn));
        }
    }

    [Fact]
    public void A_flipped_bit_costs_its_record_and_no_other_and_is_reported()
    {
        using (var log = _bench.Open())
        {
            LogBench.Write(log, 1);
            LogBench.Write(log, 2);
            LogBench.Write(log, 4);
        }

        var path = _bench.OnlySegment();
        var whole = File.ReadAllBytes(path);
        var entries = _bench.ReadAll();
        var (first, after) = ((int)entries[1].Position.Offset, (int)entries[2].Position.Offset);
        for (var bit = 0; bit < (after - first) * 8; bit++)
        {
            var broken = whole.ToArray();
            broken[first + bit / 8] ^= (byte)(1 << bit % 8);
            File.WriteAllBytes(path, broken);
            var damage = new List<LogDamage>();
            _bench.Names(damage).ShouldBe([LogBench.NameOf(1), LogBench.NameOf(4)], $"bit {bit} was flipped");
            damage.Single().ShouldBe(new LogDamage(entries[1].Position, after - first, IsTail: false));
        }
    }

    [Fact]
    public void A_frame_that_a_worker_sent_is_not_taken_for_a_record()
    {
        byte[] forged = [.. new byte[LogFrame.SizeBytes], (byte)LogRecordKind.CountedShare, .. new byte[60]];
        LogFrame.Seal(forged, new LogPosition(1, 0));
        using (var log = _bench.Open())
        {
            log.Seal(forged);
        }

        var path = _bench.OnlySegment();
        var broken = File.ReadAllBytes(path);
        broken[LogFrame.SizeBytes + forged.Length - 1] ^= 1;
        File.WriteAllBytes(path, broken);
        _bench.ReadAll().ShouldBeEmpty();
    }

    [Fact]
    public void A_new_run_writes_a_segment_of_its_own_behind_a_torn_one_and_numbers_go_on()
    {
        long? last;
        using (var log = _bench.Open())
        {
            LogBench.Write(log, 1);
            last = LogBench.Write(log, 2);
        }

        var path = _bench.OnlySegment();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^5]);
        using (var log = _bench.Open())
        {
            LogBench.Write(log, 4)!.Value.ShouldBeGreaterThan(last!.Value);
        }

        _bench.Names().ShouldBe([LogBench.NameOf(1), LogBench.NameOf(4)]);
    }

    [Fact]
    public void Segments_are_an_hour_long_and_only_those_that_are_needed_are_read()
    {
        var startedAt = _bench.Time.GetUtcNow();
        using (var log = _bench.Open())
        {
            for (var hour = 0; hour < 5; hour++)
            {
                LogBench.Write(log, hour);
                _bench.Time.Advance(TimeSpan.FromHours(1));
                log.Sync();
            }
        }

        _bench.Names().Count.ShouldBe(5);
        CountSince(TimeSpan.FromHours(2.5)).ShouldBe(3);
        CountSince(TimeSpan.FromHours(3)).ShouldBe(2);
        CountSince(TimeSpan.FromDays(1)).ShouldBe(0);
        ShareLogReader.Read(_bench.NodeDirectory + "-of-nobody", startedAt).ShouldBeEmpty();

        int CountSince(TimeSpan later) => ShareLogReader.Read(_bench.NodeDirectory, startedAt + later).Count();
    }

    [Fact]
    public void A_segment_that_grew_to_its_size_is_followed_by_another()
    {
        using (var log = _bench.Open(segmentMegabytes: 1))
        {
            for (var share = 0; share < 3; share++)
            {
                log.Seal([(byte)LogRecordKind.SealedReading, .. new byte[700_000]]).ShouldBeTrue();
                log.Sync();
            }
        }

        LogSegments.In(_bench.NodeDirectory).Select(segment => segment.Number).ShouldBe([1, 2]);
        _bench.ReadAll().Select(entry => entry.Position.Segment).ShouldBe([1, 1, 2]);
    }

    [Fact]
    public void Between_two_places_stands_what_was_written_between_them()
    {
        using var log = _bench.Open();
        LogBench.Write(log, 1);
        var from = log.Sync();
        LogBench.Write(log, 2);
        _bench.Time.Advance(TimeSpan.FromHours(1));
        log.Sync();
        LogBench.Write(log, 4);
        var until = log.Sync();
        LogBench.Write(log, 5);

        ShareLogReader.Read(_bench.NodeDirectory, from, until)
            .Select(entry => CountedShareRecord.Read(entry.Body).WorkerName)
            .ShouldBe([LogBench.NameOf(2), LogBench.NameOf(4)]);
    }

    [Fact]
    public void A_reading_that_could_not_be_read_again_is_not_sealed()
    {
        using var log = _bench.Open();
        Should.Throw<ArgumentOutOfRangeException>(() => log.Seal(new byte[LogFrame.MaxBodyBytes + 1]));
        _bench.ReadAll().ShouldBeEmpty();
    }

    [Fact]
    public void A_sync_with_nothing_new_leaves_the_disk_alone()
    {
        using var log = _bench.Open();
        LogBench.Write(log, 1);
        log.Sync();
        log.Sync();
        _bench.Disk.Flushes.ShouldBe(1);
    }

    public void Dispose() => _bench.Dispose();
}
