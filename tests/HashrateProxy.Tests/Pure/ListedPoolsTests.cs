using System.ComponentModel.DataAnnotations;
using Marketplace.HashrateProxy.Dialing;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.Stratum;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class ListedPoolsTests
{
    private static ProxyOptions Listing(string algorithm, params string[] hosts) =>
        new() { ListedPools = new() { [algorithm] = hosts } };

    private static ListedPools ListOf(ProxyOptions options) => new(Options.Create(options));

    [Theory]
    [InlineData("x11", "pool.example", null)]
    [InlineData("x11", "198.51.100.7", null)]
    [InlineData("x11", "stratum+tcp://pool.example", "is not the host of a pool")]
    [InlineData("x11", "", "is not the host of a pool")]
    [InlineData("sha256d", "pool.example", "is not an algorithm that is attested")]
    [InlineData("x99", "pool.example", "is not an algorithm that is attested")]
    public void The_setting_names_hosts_by_an_algorithm_that_pools_attest(string algorithm, string host, string? wrong)
    {
        var options = Listing(algorithm, host);
        var found = options.Validate(new ValidationContext(options)).Select(result => result.ErrorMessage!).ToList();
        found.Count.ShouldBe(wrong is null ? 0 : 1);
        found.ShouldAllBe(message => message.Contains(wrong!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("stratum+tcp://pool.example:3333", true)]
    [InlineData("stratum+ssl://POOL.example:443", true)]
    [InlineData("stratum+tcp://eu.pool.example:3333", false)]
    [InlineData("stratum+tcp://pool.example.evil.example:3333", false)]
    public void A_host_is_listed_by_its_whole_name_and_at_any_port(string url, bool isListed)
    {
        var listed = ListOf(Listing("x11", "pool.example"));
        var pool = PoolUrl.Parse(url);
        listed.Admit(Algorithm.X11, pool).ShouldBe(isListed);
        listed.FindingOf(Algorithm.X11, pool)!.Verdict.ShouldBe(isListed ? PoolVerdict.Pass : PoolVerdict.Fail);
        listed.Admit(Algorithm.Sha256d, pool).ShouldBeTrue();
        listed.FindingOf(Algorithm.Scrypt, pool).ShouldBeNull();
        if (isListed)
        {
            listed.Ensure(Algorithm.X11, pool);
        }
        else
        {
            Should.Throw<PoolRefusedException>(() => listed.Ensure(Algorithm.X11, pool))
                .Step.ShouldBe(ListedPools.Rule);
        }
    }
}
