using System.Text;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.Messages.HashrateProxy;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Tests.Pure;

/// <summary>What a pool's no means, and what it costs.</summary>
public sealed class RefusalTests
{
    private static readonly DateTimeOffset StartAt = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Hashrate Rate = Hashrate.FromTerahashes(1);

    private static RefusedWork Close(ContractMeter meter, int minute) =>
        meter.Close(StartAt + TimeSpan.FromMinutes(minute))
            .ToReading(new ReadingKey(default, "node-1", 1), Rate.Over(Minutes.Length), Rate, isLast: false).Refused;

    /// <summary>Answers as live pools send them, in all their forms.</summary>
    [Theory]
    [InlineData("""{"id":100,"result":null,"error":[20,"Rejected",null]}""", "Unexplained")]
    [InlineData("""{"id":100,"result":false,"error":null}""", "Unexplained")]
    [InlineData("""{"id":100,"result":false,"error":null,"reject-reason":"Above target"}""", "Unexplained")]
    [InlineData("""{"id":100,"result":false,"error":null,"reject-reason":"Worker mismatch"}""", "Ours")]
    [InlineData("""{"id":100,"result":null,"error":"Invalid extranonce2 size"}""", "Ours")]
    [InlineData("""{"id":100,"result":null,"error":{"code":24,"message":"Unauthorized worker"}}""", "Ours")]
    [InlineData("""{"id":100,"result":null,"error":{"code":20,"message":"Invalid version mask"}}""", "Ours")]
    [InlineData("""{"id":100,"result":null,"error":[25,"Not subscribed",null]}""", "Ours")]
    [InlineData("""{"id":100,"result":null,"error":[20,"bad-version"]}""", "Ours")]
    [InlineData("""{"id":100,"result":null,"error":[21,"time-too-old"]}""", "Ours")]
    [InlineData("""{"id":100,"result":null,"error":[20,"unknown-work"]}""", "Late")]
    [InlineData("""{"id":100,"result":null,"error":[21,"stale-prevblk"]}""", "Late")]
    [InlineData("""{"id":100,"result":null,"error":["21","Job not found"]}""", "Late")]
    [InlineData("""{"id":100,"result":null,"error":[22,"Duplicate share",null]}""", "Unexplained")]
    [InlineData("""{"id":100,"result":null,"error":[23,"high-hash"]}""", "Unexplained")]
    [InlineData("""{"id":100,"result":null,"error":[23,"H-not-zero"]}""", "Unexplained")]
    [InlineData("""{"id":100,"result":null,"error":[-5,"Too low difficulty"]}""", "Unexplained")]
    [InlineData("""{"id":100,"result":null,"error":[-3,"Method not found"]}""", "Unexplained")]
    public void Every_form_of_a_no_is_read_and_has_one_cause(string line, string cause)
    {
        var answer = PoolAnswer.Of(StratumMessage.Parse(Encoding.UTF8.GetBytes(line)));
        answer.IsAccepted.ShouldBeFalse();
        RefusalCauses.Of(answer.Error, isReplaced: true, isHarderNow: false).ToString().ShouldBe(cause);
    }

    [Fact]
    public void A_pool_is_believed_only_where_it_can_be_right()
    {
        RefusalCauses.Of(StratumError.JobNotFound, isReplaced: false, isHarderNow: false)
            .ShouldBe(RefusalCause.Unexplained);
        RefusalCauses.Of(StratumError.LowDifficulty, isReplaced: true, isHarderNow: true).ShouldBe(RefusalCause.Late);
        RefusalCauses.Of(StratumError.LowDifficulty, isReplaced: true, isHarderNow: false)
            .ShouldBe(RefusalCause.Unexplained);
    }

    [Fact]
    public void A_refusal_disputes_everything_between_the_accepted_answers_around_it()
    {
        var interval = new DisputedInterval();
        interval.Credit(new Work(1)).ShouldBeNull();
        interval.Accept();
        interval.Credit(new Work(2)).ShouldBeNull();
        interval.Refuse(RefusalCause.Late).ShouldBe(Work.Zero);
        interval.Credit(new Work(4)).ShouldBeNull();
        interval.Refuse(RefusalCause.Unexplained).ShouldBe(new Work(6));
        interval.Credit(new Work(8)).ShouldBe(RefusalCause.Unexplained);
        interval.Refuse(RefusalCause.Unexplained).ShouldBe(Work.Zero);
        interval.Accept();
        interval.Credit(new Work(16)).ShouldBeNull();
        interval.Refuse(RefusalCause.Ours).ShouldBe(new Work(16));
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(25, null)]
    [InlineData(100, null)]
    public void A_pool_is_left_after_ten_refusals_that_its_good_answers_do_not_make_up_for(int everyNth, int? leftAfter)
    {
        var breaker = new RefusalBreaker();
        for (var answer = 1; answer <= 5_000 && !breaker.IsOpen; answer++)
        {
            if (answer % everyNth == 0)
            {
                breaker.Refuse();
            }
            else
            {
                breaker.Accept();
            }

            if (breaker.IsOpen)
            {
                answer.ShouldBe(leftAfter ?? 0);
                return;
            }
        }

        leftAfter.ShouldBeNull();
    }

    [Fact]
    public void A_contract_bears_a_minute_of_disputed_work_and_a_second_more_for_every_minute_it_runs()
    {
        DisputeAllowance.Of(Rate, TimeSpan.FromHours(-1)).ShouldBe(Rate.Over(TimeSpan.FromSeconds(60)));
        DisputeAllowance.Of(Rate, TimeSpan.FromHours(1)).ShouldBe(Rate.Over(TimeSpan.FromSeconds(120)));
    }

    [Theory]
    [InlineData("Rejected", "Renter")]
    [InlineData("Unknown worker", "Marketplace")]
    public void A_pool_that_refuses_a_minute_of_promised_work_is_left_whatever_it_says(string words, string fault)
    {
        var answers = new AnswerBook(Rate, new UpstreamTrail(null, null!, Algorithm.Sha256dDemo, null!));
        var share = new UpstreamShare(
            Job: null!, default, NTime: 0, Nonce: 0, VersionBits: null,
            new ContractMeter(StartAt), IsCredited: true, IsUrgent: false, StartAt);
        var error = new StratumError(StratumError.OtherCode, words);
        var cause = RefusalCauses.Of(error, isReplaced: false, isHarderNow: false);

        answers.Credit(Rate.Over(TimeSpan.FromSeconds(59)), share.Meter, StartAt);
        answers.Refuse(share, error, cause, StartAt).ShouldBeNull();
        answers.Credit(Rate.Over(TimeSpan.FromSeconds(1)), share.Meter, StartAt).ShouldBeNull();
        var complaint = answers.Credit(new Work(1), share.Meter, StartAt).ShouldNotBeNull();
        (complaint.Fault.ToString(), complaint.Reason).ShouldBe((fault, $"it refuses too many shares: 20 {words}"));
        answers.Credit(new Work(1), share.Meter, StartAt).ShouldBeNull();
    }

    [Fact]
    public void What_is_disputed_beyond_the_allowance_is_not_paid_and_no_sealed_minute_is_taken_back()
    {
        var meter = new ContractMeter(StartAt);
        meter.Count("a", ShareVerdict.Accepted, new Work(100), StartAt);
        meter.Dispute(new Work(40), new Work(50), StartAt, out _).ShouldBeTrue();
        Close(meter, 0).ShouldBe(new RefusedWork(40, 0, 0));

        var at = StartAt + Minutes.Length;
        meter.Count("a", ShareVerdict.Accepted, new Work(20), at);
        meter.Dispute(new Work(60), new Work(50), at, out _).ShouldBeFalse();
        meter.CountRefusedByOurFault(new Work(3), new Work(50), at, out _).ShouldBeTrue();
        Close(meter, 1).ShouldBe(new RefusedWork(60, 20, 3));

        at += Minutes.Length;
        meter.Count("a", ShareVerdict.Accepted, new Work(100), at);
        meter.Dispute(new Work(5), new Work(60), at, out _).ShouldBeTrue();
        Close(meter, 2).ShouldBe(new RefusedWork(5, 30, 0));
    }
}
