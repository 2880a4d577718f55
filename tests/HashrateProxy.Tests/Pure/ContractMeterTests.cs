using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.Messages.HashrateProxy;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class ContractMeterTests
{
    private static readonly DateTimeOffset StartAt = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ContractId Contract = ContractId.From(Guid.CreateVersion7(StartAt));
    private static readonly Hashrate Rate = Hashrate.FromTerahashes(1);

    private static MeterReading Close(ContractMeter meter, int minute) =>
        meter.Close(StartAt + TimeSpan.FromMinutes(minute))
        .ToReading(new ReadingKey(Contract, "node-1", 1), Rate.Over(Minutes.Length), Rate, isLast: false);

    [Fact]
    public void A_minute_holds_what_was_counted_in_it_by_worker_and_by_reason()
    {
        var meter = new ContractMeter(StartAt);
        meter.Count("b", ShareVerdict.Accepted, new Work(5), StartAt);
        meter.Count("a", ShareVerdict.Accepted, new Work(7), StartAt + TimeSpan.FromSeconds(59.9));
        meter.Count("a", ShareVerdict.LowDifficulty, new Work(7), StartAt);
        meter.Count("a", ShareVerdict.Accepted, new Work(11), StartAt + TimeSpan.FromSeconds(60));
        meter.Count(PoolAnswerKind.Accepted, default, StartAt);
        meter.Count(PoolAnswerKind.Refused, StratumError.JobNotFound, StartAt);

        var reading = Close(meter, 0);
        reading.AcceptedHashes.ShouldBe((UInt128)12);
        reading.Workers.Select(worker => (worker.WorkerName, worker.AcceptedHashes)).ShouldBe([("a", 7), ("b", 5)]);
        reading.Workers[0].Rejected["low-difficulty"].ShouldBe(new RejectedReading(7, 1));
        reading.PoolAnswers.ShouldBe(new PoolAnswers(1, 1, 0));
        Close(meter, 1).AcceptedHashes.ShouldBe((UInt128)11);
        meter.Proved.ShouldBe(new Work(23));
    }

    [Fact]
    public void A_share_that_comes_when_its_minute_is_closed_counts_in_the_next_one()
    {
        var meter = new ContractMeter(StartAt);
        meter.Count("a", ShareVerdict.Accepted, new Work(5), StartAt);
        Close(meter, 0).AcceptedHashes.ShouldBe((UInt128)5);

        meter.Count("a", ShareVerdict.Accepted, new Work(7), StartAt + TimeSpan.FromSeconds(59.9));
        meter.Count(PoolAnswerKind.Accepted, default, StartAt + TimeSpan.FromSeconds(59.9));

        var next = Close(meter, 1);
        next.AcceptedHashes.ShouldBe((UInt128)7);
        next.PoolAnswers.Accepted.ShouldBe(1);
        meter.NewestMinuteAt.ShouldBeNull();
    }

    [Fact]
    public void What_pools_say_to_refused_shares_is_counted_by_their_words_and_has_a_limit()
    {
        var meter = new ContractMeter(StartAt);
        meter.Count(PoolAnswerKind.Refused, StratumError.JobNotFound, StartAt);
        meter.Count(PoolAnswerKind.Refused, StratumError.JobNotFound, StartAt);
        meter.Count(PoolAnswerKind.Unanswered, default, StartAt);
        meter.Snapshot(StartAt).PoolRefusalsByReason.ShouldBe(
            new Dictionary<string, long> { ["21 Job not found"] = 2 });

        for (var word = 0; word < 1_000; word++)
        {
            meter.Count(PoolAnswerKind.Refused, StratumError.Other($"never said before: {word}"), StartAt);
        }

        var said = meter.Snapshot(StartAt).PoolRefusalsByReason;
        said.Count.ShouldBe(RefusalWords.MaxLines + 1);
        said.Values.Sum().ShouldBe(1_002);
        said[RefusalWords.Others].ShouldBe(1_002 - 2 - (RefusalWords.MaxLines - 1));
    }

    [Fact]
    public void The_sum_of_all_readings_is_the_proved_work()
    {
        var random = new Random(7);
        var meter = new ContractMeter(StartAt);
        var sum = UInt128.Zero;
        for (var minute = 0; minute < 30; minute++)
        {
            for (var share = 0; share < 50; share++)
            {
                var at = StartAt + TimeSpan.FromMinutes(minute) + TimeSpan.FromSeconds(
                    random.Next(minute == 0 ? 0 : -5, 60));
                meter.Count($"w{share % 3}", ShareVerdict.Accepted, new Work((ulong)random.Next()), at);
            }

            sum += Close(meter, minute).AcceptedHashes;
        }

        sum.ShouldBe(meter.Proved.Hashes);
    }

    [Fact]
    public void A_crowd_of_names_keeps_its_work_and_a_reading_its_size()
    {
        var meter = new ContractMeter(StartAt);
        const int names = MinuteAccount.MaxWorkers + 500;
        for (var name = 0; name < names; name++)
        {
            meter.Count(new string('<', 240) + name, ShareVerdict.Accepted, new Work(1), StartAt);
        }

        var reading = Close(meter, 0);
        reading.AcceptedHashes.ShouldBe((UInt128)names);
        reading.Workers.Count.ShouldBe(MinuteAccount.MaxWorkers + 1);
        reading.Workers.Aggregate(UInt128.Zero, (sum, worker) => sum + worker.AcceptedHashes).ShouldBe((UInt128)names);
        reading.ToPayload().Length.ShouldBeLessThan(LogFrame.MaxBodyBytes);
    }

    [Fact]
    public void The_owners_minutes_are_dropped_when_they_are_over()
    {
        var meter = new ContractMeter(StartAt);
        meter.Count("a", ShareVerdict.Accepted, new Work(5), StartAt);
        meter.DropMinutesBefore(StartAt + Minutes.Length);
        meter.NewestMinuteAt.ShouldBeNull();
        meter.Proved.ShouldBe(new Work(5));
    }
}
