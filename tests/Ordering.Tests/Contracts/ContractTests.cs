using Marketplace.Ordering.Contracts;
using Marketplace.Ordering.Tests.Support;

namespace Marketplace.Ordering.Tests.Contracts;

public sealed class ContractTests
{
    private static readonly DateTimeOffset End = Made.Now.AddHours(1);

    [Fact]
    public void Only_a_paid_order_becomes_a_contract() =>
        Made.CodeOf(() => Contract.Start(Made.Order(), [], Made.Now)).ShouldBe("order-not-paid");

    [Fact]
    public void Its_status_follows_from_its_times()
    {
        var contract = Made.Contract();
        contract.StatusAt(Made.Now.AddTicks(-1)).ShouldBe(ContractStatus.Scheduled);
        contract.StatusAt(Made.Now).ShouldBe(ContractStatus.Running);
        contract.StatusAt(End.AddTicks(-1)).ShouldBe(ContractStatus.Running);
        contract.StatusAt(End).ShouldBe(ContractStatus.Ended);
    }

    [Fact]
    public void Promised_work_is_its_hashrate_over_exactly_its_time()
    {
        var message = Made.Contract().ToMessage();
        new Hashrate(message.HashesPerSecond).Over(message.EndAt - message.StartAt)
            .ShouldBe(Made.Contract().Terms.PromisedWork);
    }

    [Fact]
    public void Cancelling_moves_the_end_to_now_and_is_told_once()
    {
        var contract = Made.Contract();
        contract.Cancel(Made.Now.AddMinutes(10)).ShouldBeTrue();
        contract.EndAt.ShouldBe(Made.Now.AddMinutes(10));
        contract.Version.ShouldBe(2);
        contract.StatusAt(Made.Now.AddMinutes(10)).ShouldBe(ContractStatus.Ended);

        contract.Cancel(Made.Now.AddMinutes(20)).ShouldBeFalse();
        contract.EndAt.ShouldBe(Made.Now.AddMinutes(10));
        contract.Version.ShouldBe(2);
    }

    [Fact]
    public void A_scheduled_contract_that_is_cancelled_never_runs()
    {
        var contract = Made.Contract();
        contract.Cancel(Made.Now.AddMinutes(-1)).ShouldBeTrue();
        contract.EndAt.ShouldBe(contract.StartAt);
        contract.StatusAt(contract.StartAt).ShouldBe(ContractStatus.Ended);
    }

    [Fact]
    public void An_ended_or_settled_contract_is_not_cancelled()
    {
        var contract = Made.Contract();
        Made.CodeOf(() => contract.Cancel(End)).ShouldBe("contract-ended");
        contract.Settle(Made.Outcome(), End);
        Made.CodeOf(() => contract.Cancel(End)).ShouldBe("contract-ended");
    }

    [Fact]
    public void The_earliest_first_job_and_the_latest_release_count()
    {
        var contract = Made.Contract();
        contract.RecordFirstJob(Made.Now.AddSeconds(2));
        contract.RecordFirstJob(Made.Now.AddSeconds(1));
        contract.RecordFirstJob(Made.Now.AddSeconds(3));
        contract.FirstJobAt.ShouldBe(Made.Now.AddSeconds(1));

        contract.RecordRelease(End.AddSeconds(2));
        contract.RecordRelease(End.AddSeconds(3));
        contract.RecordRelease(End.AddSeconds(1));
        contract.ReleasedAt.ShouldBe(End.AddSeconds(3));
    }

    [Fact]
    public void A_released_contract_has_ended()
    {
        var contract = Made.Contract();
        contract.RecordRelease(Made.Now.AddMinutes(5));
        contract.StatusAt(Made.Now.AddMinutes(5)).ShouldBe(ContractStatus.Ended);
        Made.CodeOf(() => contract.Cancel(Made.Now.AddMinutes(6))).ShouldBe("contract-ended");
    }

    [Fact]
    public void A_contract_is_settled_once_and_only_after_its_end()
    {
        var contract = Made.Contract();
        Made.CodeOf(() => contract.Settle(Made.Outcome(), End.AddTicks(-1))).ShouldBe("contract-not-ended");
        contract.Settle(Made.Outcome(), End);
        contract.StatusAt(End).ShouldBe(ContractStatus.Settled);
        contract.Settle(Made.Outcome() with { SettledAt = End.AddTicks(7) }, End);
        Made.CodeOf(() => contract.Settle(Made.Outcome(earnedMinor: 1), End)).ShouldBe("contract-settled-otherwise");
    }

    [Fact]
    public void A_late_first_job_or_release_changes_nothing_of_a_settled_contract()
    {
        var contract = Made.Contract();
        contract.Settle(Made.Outcome(), End);
        contract.RecordFirstJob(Made.Now);
        contract.RecordRelease(End);
        contract.StatusAt(End).ShouldBe(ContractStatus.Settled);
        contract.Version.ShouldBe(1);
    }
}
