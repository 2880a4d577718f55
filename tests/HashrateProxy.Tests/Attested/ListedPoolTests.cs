using Marketplace.Client.Catalog;
using Marketplace.Client.HashrateProxy;
using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests.Attested;

/// <summary>Only a listed pool's word is sold.</summary>
public sealed class ListedPoolTests(AttestedWorld world) : IClassFixture<AttestedWorld>
{
    /// <summary>The same pool under a name that is not on the list.</summary>
    private static string Unlisted(SimulatedPool pool) => $"{PoolUrl.Scheme}://localhost:{pool.Port}";

    private async Task<PoolCheck> CheckAsync(string url, string algorithm, bool isForContract) =>
        await world.ClientOf(world.RenterId, "renter").CheckPoolAsync(
            new CheckPool(
                new Pool(url, "account.worker", "x"), algorithm, AttestedScene.Rate, RigId: null, WatchSeconds: 0,
                IsForContract: isForContract),
            TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_check_for_a_contract_fails_for_a_pool_that_is_not_listed_says_which_are_and_dials_nobody()
    {
        var pool = AttestedScene.NewPool(world, "checked");
        var refused = await CheckAsync(Unlisted(pool), "x11", isForContract: true);
        refused.Verdict.ShouldBe("fail");
        var rule = refused.Rules.ShouldHaveSingleItem();
        (rule.Name, rule.Verdict).ShouldBe((PoolCheckRule.Listed, "fail"));
        rule.Fix.ShouldContain("127.0.0.1");
        pool.Counters().Connections.ShouldBe(0);

        var passed = await CheckAsync(pool.Url, "x11", isForContract: true);
        passed.Verdict.ShouldNotBe("fail");
        passed.Rules[0].ShouldSatisfyAllConditions(
            first => first.Name.ShouldBe(PoolCheckRule.Listed), first => first.Verdict.ShouldBe("pass"));
    }

    [Fact]
    public async Task A_sellers_own_pool_and_a_hash_that_is_verified_need_no_list()
    {
        var pool = AttestedScene.NewPool(world, "checked");
        foreach (var check in new[]
        {
            await CheckAsync(Unlisted(pool), "x11", isForContract: false),
            await CheckAsync(Unlisted(pool), "sha256d", isForContract: true),
        })
        {
            check.Rules.ShouldNotContain(rule => rule.Name == PoolCheckRule.Listed);
        }
    }

    [Fact]
    public async Task A_contract_is_never_dialled_to_an_unlisted_pool_not_even_when_its_destinations_are_edited()
    {
        using var scene = await AttestedScene.CreateAsync(world);
        var (unlisted, listed) = (AttestedScene.NewPool(world, "unlisted"), AttestedScene.NewPool(world, "listed"));
        await scene.RentAsync(Unlisted(unlisted), listed.Url);
        await scene.Worker.JobOfAsync("listed");

        await scene.SayAsync(scene.StartAt + TimeSpan.FromHours(1), Unlisted(unlisted));
        await scene.Worker.JobOfAsync("own");

        await Eventually.TrueAsync(
            async () => (await world.LiveAsync(scene.ContractId)).Flow.Fault == "marketplace", ProxyWorld.Generous);
        unlisted.Counters().Connections.ShouldBe(0);
    }
}

/// <summary>Where no pool is listed nothing attested is sold, and an owner's fleet hashes all the same.</summary>
public sealed class NoListedPoolTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    [Fact]
    public async Task Idle_hashrate_is_measured_by_the_owners_pool_and_shown_as_attested()
    {
        using var scene = await AttestedScene.CreateAsync(world);
        for (uint share = 0; share < 30; share++)
        {
            (await scene.Worker.SubmitAsync(AttestedScene.Find(scene.Worker.Jobs[^1], firstNonce: share << 8)))
                .ShouldBe(0);
        }

        var seller = world.ClientOf(world.SellerId, "seller");
        RigLive? live = null;
        await Eventually.TrueAsync(
            async () =>
            {
                live = await seller.RigLiveAsync(scene.RigId, TestContext.Current.CancellationToken);
                return live.Workers.Any(worker => worker.AcceptedShares == 30);
            },
            ProxyWorld.Generous);
        live!.IsPoolAttested.ShouldBeTrue();
        scene.Own.Counters().AcceptedShares.ShouldBe(30);
    }
}
