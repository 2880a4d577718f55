using System.Globalization;
using Marketplace.Primitives;
using Marketplace.ServiceDefaults.TestHost.Alpha;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Marketplace.ServiceDefaults.Tests;

public sealed class DatabaseTests(TestWorld world) : IClassFixture<TestWorld>
{
    [Fact]
    public async Task Every_kind_of_value_comes_back_as_it_went()
    {
        var sample = Sample();
        await SaveAsync(sample);

        var read = await world.InAlphaAsync(alpha => alpha.Samples.AsNoTracking()
            .SingleAsync(one => one.Id == sample.Id));
        read.ShouldBeEquivalentTo(sample);
        read.MadeAt.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Work_and_money_can_be_asked_for_and_compared()
    {
        var sample = Sample();
        await SaveAsync(sample);

        (await world.InAlphaAsync(alpha => alpha.Samples.CountAsync(one =>
            one.Id == sample.Id && one.Price.Units == sample.Price.Units && one.Price.Currency == Currency.Eur
            && one.Work == sample.Work && one.State == SampleState.Open))).ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_is_kept_as_nothing()
    {
        var sample = Sample(refund: null, contractId: null);
        await SaveAsync(sample);

        var read = await world.InAlphaAsync(alpha => alpha.Samples.AsNoTracking()
            .SingleAsync(one => one.Id == sample.Id));
        read.Refund.ShouldBeNull();
        read.ContractId.ShouldBeNull();
    }

    [Fact]
    public async Task A_write_over_somebody_elses_is_noticed()
    {
        var sample = Sample();
        await SaveAsync(sample);

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => world.InAlphaAsync(async mine =>
        {
            var seen = await mine.Samples.SingleAsync(one => one.Id == sample.Id);
            await world.InAlphaAsync(async theirs =>
            {
                (await theirs.Samples.SingleAsync(one => one.Id == sample.Id)).State = SampleState.Closed;
                return await theirs.SaveChangesAsync();
            });
            seen.Price = Money.FromMinor(1, Currency.Usd);
            return await mine.SaveChangesAsync();
        }));
    }

    private Task<int> SaveAsync(Sample sample) => world.InAlphaAsync(alpha =>
    {
        alpha.Samples.Add(sample);
        return alpha.SaveChangesAsync();
    });

    private static Sample Sample() =>
        Sample(new Money(-1, Currency.Usd), TypedId.New<ContractId>(TimeProvider.System));

    private static Sample Sample(Money? refund, ContractId? contractId) => new()
    {
        Id = TypedId.New<OrderId>(TimeProvider.System),
        RigId = TypedId.New<RigId>(TimeProvider.System),
        ContractId = contractId,
        Work = new Work(UInt128.MaxValue),
        Hashrate = Hashrate.Max,
        Difficulty = Difficulty.Parse("1448.1546878700492"),
        Price = new Money(Int128.MaxValue, Currency.Eur),
        Refund = refund,
        Currency = Currency.Usd,
        Hashes = UInt128.Parse("99999999999999999999", CultureInfo.InvariantCulture),
        Units = Int128.MinValue,
        State = SampleState.Open,
        MadeAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).ToUniversalTime(),
    };
}
