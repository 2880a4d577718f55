using Marketplace.Client.Catalog;
using Marketplace.Client.HashrateProxy;
using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests.PoolChecks;

/// <summary>A pool behind TLS is checked by its certificate, under the name its renter gave.</summary>
public sealed class TlsPoolCheckTests(TlsWorld world) : IClassFixture<TlsWorld>
{
    private static readonly PoolSettings Good = new() { CoinbaseText = "secured", Difficulty = Difficulty.Of(50_000) };

    private Task<PoolCheck> CheckAsync(string url) => world.ClientOf(world.RenterId, "renter").CheckPoolAsync(
        new CheckPool(
            new Pool(url, "account.worker", "x"), "sha256d-demo", Hashrate.FromTerahashes(1_000), null,
            WatchSeconds: 0),
        TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("stratum+ssl")]
    [InlineData("stratum+tls")]
    public async Task A_pool_with_a_trusted_certificate_is_checked_like_any_other(string scheme)
    {
        await using var front = world.FrontOf(world.NewPool(Good));
        var check = await CheckAsync($"{scheme}://localhost:{front.Port}");
        check.Verdict.ShouldNotBe("fail");
        check.Url.ShouldStartWith("stratum+ssl://");
        check.Rules.Single(rule => rule.Name == "tls").Verdict.ShouldBe("pass");
        check.Rules.ShouldContain(rule => rule.Name == "difficulty");
    }

    [Fact]
    public async Task A_plain_port_fails_for_its_missing_TLS()
    {
        var check = await CheckAsync($"stratum+ssl://localhost:{world.NewPool(Good).Port}");
        var failed = check.Rules.Single(rule => rule.Verdict == "fail");
        failed.Name.ShouldBe("tls");
        failed.Fix.ShouldContain("stratum+tcp://");
    }
}
