using FsCheck;
using FsCheck.Fluent;
using Marketplace.HashrateProxy.Metering;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class MissingWorkTests
{
    private static readonly Arbitrary<(
        Hashrate Rate, int Seconds, int DeliveredPercent, Dictionary<Fault, TimeSpan> Downtime)> AnyMinute = (
        from terahashes in Gen.Choose(0, 1_000_000)
        from seconds in Gen.Choose(0, 60)
        from deliveredPercent in Gen.Choose(0, 150)
        from downtime in Gen.Choose(0, 90_000).ArrayOf(4)
        select (
            Hashrate.FromTerahashes((ulong)terahashes),
            seconds,
            deliveredPercent,
            Enum.GetValues<Fault>().ToDictionary(
                fault => fault, fault => TimeSpan.FromMilliseconds(downtime[(int)fault])))).ToArbitrary();

    [Fact]
    public void The_parts_sum_to_promised_less_delivered_and_none_exceeds_its_event() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(AnyMinute, minute =>
        {
            var promised = minute.Rate.Over(TimeSpan.FromSeconds(minute.Seconds));
            var delivered = new Work(promised.Hashes * (uint)minute.DeliveredPercent / 100);
            var missing = MissingWorkSplit.Of(promised, delivered, minute.Rate, minute.Downtime);

            var sum = missing.SellerHashes + missing.RenterHashes + missing.PoolHashes + missing.MarketplaceHashes;
            sum.ShouldBe(delivered.ShortOf(promised).Hashes);
            missing.MarketplaceHashes.ShouldBeLessThanOrEqualTo(
                minute.Rate.Over(minute.Downtime[Fault.Marketplace]).Hashes);
            missing.PoolHashes.ShouldBeLessThanOrEqualTo(minute.Rate.Over(minute.Downtime[Fault.Pool]).Hashes);
            missing.RenterHashes.ShouldBeLessThanOrEqualTo(minute.Rate.Over(minute.Downtime[Fault.Renter]).Hashes);
        }));

    [Fact]
    public void What_no_event_explains_is_the_sellers()
    {
        var rate = Hashrate.FromTerahashes(100);
        var missing = MissingWorkSplit.Of(
            rate.Over(TimeSpan.FromSeconds(60)), Work.Zero, rate,
            new Dictionary<Fault, TimeSpan> { [Fault.Pool] = TimeSpan.FromSeconds(45) });
        missing.PoolHashes.ShouldBe(rate.Over(TimeSpan.FromSeconds(45)).Hashes);
        missing.SellerHashes.ShouldBe(rate.Over(TimeSpan.FromSeconds(15)).Hashes);
    }
}
