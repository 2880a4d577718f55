using Marketplace.HashrateProxy.HeadHooks;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class RetryScheduleTests
{
    [Fact]
    public void Waits_double_up_to_the_longest()
    {
        RetrySchedule.WaitAfter(1).ShouldBe(RetrySchedule.FirstWait);
        RetrySchedule.WaitAfter(2).ShouldBe(2 * RetrySchedule.FirstWait);
        RetrySchedule.WaitAfter(RetrySchedule.MaxAttempts).ShouldBe(RetrySchedule.LongestWait);
        RetrySchedule.WaitAfter(int.MaxValue).ShouldBe(RetrySchedule.LongestWait);
    }

    [Fact]
    public void A_day_of_failures_is_the_end_and_comes_before_the_attempts_run_out()
    {
        var (attempts, failing) = (1, TimeSpan.Zero);
        while (!RetrySchedule.IsGivenUp(attempts, failing))
        {
            failing += RetrySchedule.WaitAfter(attempts++);
        }

        failing.ShouldBeInRange(
            RetrySchedule.LongestFailure, RetrySchedule.LongestFailure + RetrySchedule.LongestWait);
        attempts.ShouldBeLessThan(RetrySchedule.MaxAttempts);
    }
}
