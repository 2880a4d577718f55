using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Tests.ShareLog;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Tests.Pure;

/// <summary>When a share counts that a pool attests: in the minute of its answer, on paper before it is told.</summary>
public sealed class AttestedMeterTests : IDisposable
{
    private static readonly Work ShareWork = new(7);

    private readonly LogBench _bench = new();
    private readonly ShareLogWriter _log;
    private readonly ContractMeter _meter;
    private readonly DateTimeOffset _startAt;

    public AttestedMeterTests()
    {
        _log = _bench.Open();
        _startAt = Minutes.Floor(_bench.Time.GetUtcNow());
        _meter = new ContractMeter(_startAt);
    }

    [Fact]
    public void Nothing_counts_before_the_answer_and_then_it_counts_in_the_minute_of_the_answer()
    {
        var share = Send();
        _meter.AwaitedShares.ShouldBe(1);
        Close(minute: 0).AcceptedHashes.ShouldBe(UInt128.Zero);

        var stamp = Answer(share, PoolAnswerKind.Accepted);
        stamp!.Value.At.ShouldBeGreaterThanOrEqualTo(_startAt + Minutes.Length, "a sealed minute never changes");
        _meter.AwaitedShares.ShouldBe(0);
        Close(minute: 1).AcceptedHashes.ShouldBe(ShareWork.Hashes);
    }

    [Theory]
    [InlineData(PoolAnswerKind.Refused)]
    [InlineData(PoolAnswerKind.Unanswered)]
    public void What_the_pool_does_not_accept_is_never_credited(PoolAnswerKind answer)
    {
        Answer(Send(), answer).ShouldNotBeNull();
        Close(minute: 0).AcceptedHashes.ShouldBe(UInt128.Zero);
        _meter.Proved.ShouldBe(Work.Zero);
        _bench.ReadAll().Select(entry => CountedIn(entry)?.Verdict).Last().ShouldBe(Stratum.ShareVerdict.Unattested);
    }

    [Fact]
    public void An_answer_behind_the_last_reading_is_nobodys()
    {
        var share = Send();
        Close(minute: 0, isLast: true);
        Answer(share, PoolAnswerKind.Accepted)!.Value.ContractId.ShouldBeNull();
        _meter.Proved.ShouldBe(Work.Zero);
    }

    [Fact]
    public void An_answer_that_the_disk_does_not_take_credits_nothing()
    {
        var share = Send();
        _bench.Disk.RoomBytes = 10;
        Answer(share, PoolAnswerKind.Accepted).ShouldBeNull();
        _meter.Proved.ShouldBe(Work.Zero);
        _meter.AwaitedShares.ShouldBe(0);
    }

    [Fact]
    public void A_share_that_the_disk_does_not_take_must_not_go_up()
    {
        _bench.Disk.RoomBytes = 10;
        Await().ShouldBeNull();
        _meter.AwaitedShares.ShouldBe(0);
    }

    public void Dispose()
    {
        _bench.Disk.RoomBytes = long.MaxValue;
        _log.Dispose();
        _bench.Dispose();
    }

    private static CountedShareRecord? CountedIn(LogEntry entry) =>
        entry.Kind == LogRecordKind.CountedShare ? CountedShareRecord.Read(entry.Body) : null;

    private MinuteAccount Close(int minute, bool isLast = false) =>
        _meter.Close(_startAt + minute * Minutes.Length, isLast);

    private long Send() => Await()!.Value.Number;

    private RecordStamp? Await() => _meter.Await(
        new AttestedShareRecord(ProofRecorder.StampOf(_bench.Contract), 1, 0, default, 0, 0, null), _log);

    private RecordStamp? Answer(long share, PoolAnswerKind answer) => _meter.RecordAnswer(
        new AnsweredShare
        {
            ContractId = _bench.Contract,
            Share = share,
            Answer = answer,
            Error = default,
            Work = ShareWork,
            WorkerName = "farm.rig.one",
        },
        _log);
}
