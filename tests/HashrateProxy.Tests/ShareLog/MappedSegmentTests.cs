using Marketplace.HashrateProxy.ShareLog;

namespace Marketplace.HashrateProxy.Tests.ShareLog;

/// <summary>A segment has room that is not written yet; only a process that ends in order gives it back.</summary>
public sealed class MappedSegmentTests : IDisposable
{
    private const int WindowBytes = 4 * 1024 * 1024;
    private const long MoreThanAnyDiskTakes = 1L << 61;

    private readonly LogBench _bench = new();

    [Fact]
    public void A_log_that_nobody_closed_ends_behind_its_last_record_and_is_not_damaged()
    {
        using var log = _bench.Open();
        LogBench.Write(log, 1);
        LogBench.Write(log, 2);
        var left = Left();
        left.Length.ShouldBe(WindowBytes);
        var damage = new List<LogDamage>();
        _bench.Names(damage).ShouldBe([LogBench.NameOf(1), LogBench.NameOf(2)]);
        damage.ShouldBeEmpty();
    }

    [Fact]
    public void A_record_that_was_half_written_before_untouched_room_is_the_damaged_tail()
    {
        var log = _bench.Open();
        LogBench.Write(log, 1);
        LogBench.Write(log, 2);
        var left = Left();
        var second = (int)_bench.ReadAll()[1].Position.Offset;
        log.Dispose();
        left.AsSpan(second + 20).Clear();
        File.WriteAllBytes(_bench.OnlySegment(), left);
        var damage = new List<LogDamage>();
        _bench.Names(damage).ShouldBe([LogBench.NameOf(1)]);
        damage.Single().ShouldSatisfyAllConditions(
            seen => seen.IsTail.ShouldBeTrue(), seen => seen.Position.Offset.ShouldBe(second));
        ShareLogReader.Read(
                _bench.NodeDirectory,
                DateTimeOffset.UnixEpoch,
                new LogPosition(1, second),
                _ => Assert.Fail("what is being written is not damaged"))
            .Count().ShouldBe(1);
    }

    [Fact]
    public void Records_go_on_over_the_edge_of_a_window_and_the_end_gives_back_the_rest()
    {
        var written = new List<string>();
        LogPosition end;
        using (var log = _bench.Open())
        {
            for (end = log.Sync(); end.Offset < WindowBytes + 1000; end = log.Sync())
            {
                for (var share = 0; share < 1000; share++)
                {
                    LogBench.Write(log, written.Count).ShouldNotBeNull();
                    written.Add(LogBench.NameOf(written.Count));
                }
            }
        }

        var damage = new List<LogDamage>();
        _bench.Names(damage).ShouldBe(written);
        damage.ShouldBeEmpty();
        new FileInfo(_bench.OnlySegment()).Length.ShouldBe(end.Offset);
    }

    [Fact]
    public void A_record_may_be_as_long_as_a_window_and_lie_in_two()
    {
        var payload = new byte[LogFrame.MaxBodyBytes - 1_000];
        new Random(1).NextBytes(payload);
        using (var log = _bench.Open())
        {
            LogBench.Write(log, 1);
            log.Seal(new SealedReadingRecord(1, payload, [1]).ToBody()).ShouldBeTrue();
            log.Seal(new SealedReadingRecord(2, payload, [2]).ToBody()).ShouldBeTrue();
            LogBench.Write(log, 2);
        }

        var damage = new List<LogDamage>();
        var entries = _bench.ReadAll(damage);
        damage.ShouldBeEmpty();
        entries.Count.ShouldBe(4);
        SealedReadingRecord.Read(entries[1].Body).Payload.ShouldBe(payload);
        SealedReadingRecord.Read(entries[2].Body).Payload.ShouldBe(payload);
    }

    [Fact]
    public void Where_there_is_no_room_nothing_is_written_and_the_next_write_begins_at_the_same_place()
    {
        Directory.CreateDirectory(_bench.NodeDirectory);
        var path = Path.Combine(_bench.NodeDirectory, "segment");
        using (var file = new DiskSegmentFiles().Create(path))
        {
            Should.Throw<IOException>(() => file.Write(new byte[100], MoreThanAnyDiskTakes));
            new FileInfo(path).Length.ShouldBe(0);
            file.Write([1, 2, 3], 0);
            file.Write([4], 3);
        }

        File.ReadAllBytes(path).ShouldBe([1, 2, 3, 4]);
    }

    public void Dispose() => _bench.Dispose();

    /// <summary>What a kill leaves: the file as it is while it is written.</summary>
    private byte[] Left()
    {
        using var file = new FileStream(
            _bench.OnlySegment(), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
