using FsCheck;
using FsCheck.Fluent;
using Marketplace.HashrateProxy.Upstreams;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class HeaderSpacesTests
{
    private const uint PoolNTime = 1_800_000_000;

    /// <summary>Prefix length, the workers' extranonce1 length, and for whom and when spaces are taken.</summary>
    private static readonly Arbitrary<(
        int PrefixBytes, int Extranonce1Bytes, (int Worker, int SecondsLater)[] Takes)> AnyTakes = (
        from prefixBytes in Gen.Elements(0, 1, 2, 4, 8)
        from extranonce1Bytes in Gen.Elements(1, 2, 4)
        from takes in Gen.Choose(0, 3).Zip(Gen.Choose(0, 5)).ArrayOf(700)
        select (prefixBytes, extranonce1Bytes, takes)).ToArbitrary();

    [Fact]
    public void No_space_is_ever_given_twice() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(AnyTakes, one =>
    {
        var spaces = new HeaderSpaces();
        var taken = new HashSet<string>();
        var poolNTime = PoolNTime;
        foreach (var (worker, secondsLater) in one.Takes)
        {
            // A pool's clock goes on, and sometimes it sends the very same job again.
            poolNTime += secondsLater == 5 ? 1u : 0u;
            var extranonce1 = Enumerable.Repeat((byte)worker, one.Extranonce1Bytes).ToArray();
            var prefix = new byte[one.PrefixBytes];
            if (spaces.TryTake(prefix, extranonce1, poolNTime, out var ntime))
            {
                (ntime - poolNTime).ShouldBeLessThanOrEqualTo(HeaderSpaces.MaxNTimeLeadSeconds);
                taken.Add(Convert.ToHexString([.. prefix, .. extranonce1, .. BitConverter.GetBytes(ntime)]))
                    .ShouldBeTrue();
            }
        }
    }));

    [Theory]
    [InlineData(0, HeaderSpaces.MaxNTimeLeadSeconds + 1)]
    [InlineData(1, (HeaderSpaces.MaxNTimeLeadSeconds + 1) * 256)]
    public void A_job_whose_spaces_are_used_up_gives_none_and_its_time_never_runs_further_ahead(
        int prefixBytes, uint spacesOfJob)
    {
        var spaces = new HeaderSpaces();
        var prefix = new byte[prefixBytes];
        for (var taken = 0u; taken < spacesOfJob; taken++)
        {
            spaces.TryTake(prefix, [7], PoolNTime, out var ntime).ShouldBeTrue();
            (ntime - PoolNTime).ShouldBeLessThanOrEqualTo(HeaderSpaces.MaxNTimeLeadSeconds);
        }

        spaces.TryTake(prefix, [7], PoolNTime, out _).ShouldBeFalse();
    }

    [Fact]
    public void Without_a_prefix_workers_are_told_apart_by_their_extranonce1()
    {
        var spaces = new HeaderSpaces();
        spaces.TryTake([], [1], PoolNTime, out var first).ShouldBeTrue();
        spaces.TryTake([], [2], PoolNTime, out var second).ShouldBeTrue();
        spaces.TryTake([], [1], PoolNTime, out var third).ShouldBeTrue();
        (first, second, third).ShouldBe((PoolNTime, PoolNTime, PoolNTime + 1));
    }

    [Fact]
    public void A_prefix_cannot_be_guessed_from_the_one_before()
    {
        var steps = new HashSet<uint>();
        var spaces = new HeaderSpaces();
        Span<byte> prefix = stackalloc byte[4];
        var last = 0u;
        for (var taken = 0; taken < 200; taken++)
        {
            spaces.TryTake(prefix, [1], PoolNTime, out _).ShouldBeTrue();
            var number = BitConverter.ToUInt32(prefix);
            steps.Add(number - last);
            last = number;
        }

        steps.Count.ShouldBeGreaterThan(190);
    }
}
