using Marketplace.HashrateProxy.ShareLog;

namespace Marketplace.HashrateProxy.Tests.ShareLog;

/// <summary>
/// A disk that takes nothing more: nothing is promised, nothing is lost that was, and it goes on by itself.
/// </summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly LogBench _bench = new();

    [Fact]
    public void Wherever_it_fills_up_what_was_promised_is_there_and_what_was_not_is_not()
    {
        for (var room = 0; room < 400; room++)
        {
            using var bench = new LogBench();
            using var log = bench.Open();
            bench.Disk.RoomBytes = room;
            var promised = Enumerable.Range(1, 5).Where(number => LogBench.Write(log, number) is not null)
                .Select(LogBench.NameOf).ToList();
            promised.Count.ShouldBeLessThan(5);
            log.IsFull.ShouldBeTrue();
            bench.Names().ShouldBe(promised, $"with room for {room} bytes");

            bench.Disk.RoomBytes = long.MaxValue;
            log.Sync();
            LogBench.Write(log, 7).ShouldNotBeNull();
            bench.Names().ShouldBe([.. promised, LogBench.NameOf(7)], $"with room for {room} bytes, then for all");
        }
    }

    [Fact]
    public void It_is_tried_again_with_every_sync_and_the_outage_is_on_record()
    {
        using var log = _bench.Open();
        var since = _bench.Time.GetUtcNow();
        _bench.Disk.RoomBytes = 3;
        LogBench.Write(log, 1).ShouldBeNull();
        log.Sync();
        log.IsFull.ShouldBeTrue();
        _bench.Time.Advance(TimeSpan.FromSeconds(42));
        _bench.Disk.RoomBytes = long.MaxValue;
        log.Sync();

        log.IsFull.ShouldBeFalse();
        OutageRecord.Read(_bench.ReadAll().Single().Body).ShouldBe(
            new OutageRecord(since, since + TimeSpan.FromSeconds(42)));
    }

    [Fact]
    public void A_reading_is_sealed_whole_or_not_at_all()
    {
        using var log = _bench.Open();
        _bench.Disk.RoomBytes = 300;
        var body = new SealedReadingRecord(1, new byte[1_000], new byte[64]).ToBody();
        log.Seal(body).ShouldBeFalse();
        _bench.ReadAll().ShouldBeEmpty();

        _bench.Disk.RoomBytes = long.MaxValue;
        log.Seal(body).ShouldBeFalse("the disk is tried by the sync, not by everybody");
        log.Sync();
        log.Seal(body).ShouldBeTrue();
        _bench.ReadAll().Select(entry => entry.Kind).ShouldBe([LogRecordKind.Outage, LogRecordKind.SealedReading]);
    }

    [Fact]
    public void Records_that_wait_are_kept_while_there_is_room_for_them()
    {
        using var log = _bench.Open();
        _bench.Disk.RoomBytes = 0;
        LogBench.Write(log, 1).ShouldBeNull();
        var kept = 0;
        while (log.Append(null, kept, static (body, in _, in number) => Filled(body, number)) is not null)
        {
            kept++;
            kept.ShouldBeLessThan(10_000, "what waits has a limit");
        }

        _bench.Disk.RoomBytes = long.MaxValue;
        log.Sync();
        _bench.ReadAll().Count(entry => entry.Kind != LogRecordKind.Outage).ShouldBe(kept);
        log.Append(null, kept, static (body, in _, in number) => Filled(body, number)).ShouldNotBeNull();
    }

    public void Dispose() => _bench.Dispose();

    private static int Filled(Span<byte> body, int number)
    {
        body[..1_000].Fill((byte)(16 + number % 8));
        return 1_000;
    }
}
