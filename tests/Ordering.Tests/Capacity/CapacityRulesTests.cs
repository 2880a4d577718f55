using FsCheck;
using FsCheck.Fluent;
using Marketplace.Ordering.Capacity;

namespace Marketplace.Ordering.Tests.Capacity;

public sealed class CapacityRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_ends_when_the_window_begins_is_free_again() =>
        CapacityRules.Peak([Reserved(5, 0, 10)], At(10), At(20)).ShouldBe(Hashrate.Zero);

    [Fact]
    public void Reservations_after_each_other_are_not_added() =>
        CapacityRules.Peak([Reserved(5, 0, 10), Reserved(7, 10, 20)], At(0), At(20)).ShouldBe(new Hashrate(7));

    [Fact]
    public void More_promised_than_offered_leaves_nothing() =>
        CapacityRules.Free(new Hashrate(3), [Reserved(5, 0, 10)], At(0), At(20)).ShouldBe(Hashrate.Zero);

    [Fact]
    public void The_peak_is_the_most_that_is_reserved_at_any_second() => Prop.ForAll(
        Arb.From(Reservations()), reservations =>
        {
            var bySecond = Enumerable.Range(10, 20)
                .Select(second => reservations
                    .Where(one => one.FromAt <= At(second) && one.UntilAt > At(second))
                    .Aggregate(Hashrate.Zero, (sum, one) => sum + one.Hashrate))
                .Max();
            return CapacityRules.Peak(reservations, At(10), At(30)) == bySecond;
        }).QuickCheckThrowOnFailure();

    private static Gen<Reservation[]> Reservations() =>
        (from amount in Gen.Choose(1, 9)
         from second in Gen.Choose(0, 40)
         from length in Gen.Choose(1, 15)
         select Reserved(amount, second, second + length)).ArrayOf();

    private static Reservation Reserved(int amount, int fromSecond, int untilSecond) =>
        new(default, new Hashrate((UInt128)amount), At(fromSecond), At(untilSecond));

    private static DateTimeOffset At(int second) => Start.AddSeconds(second);
}
