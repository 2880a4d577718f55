using System.Net;
using Marketplace.Client;
using Marketplace.Client.HashrateProxy;
using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests;

/// <summary>Who may see what while it happens.</summary>
public sealed class LiveTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private static OrganisationId Stranger => TypedId.New<OrganisationId>(TimeProvider.System);

    private SimulatedPool NewPool(string text) => world.NewPool(
        new PoolSettings { CoinbaseText = text, Difficulty = Difficulty.Of(10_000), EasiestDifficulty = null });

    [Fact]
    public async Task A_rig_is_seen_by_its_seller_and_by_nobody_else()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var (rigId, login) = await world.NewRigAsync(NewPool("own"), Hashrate.FromTerahashes(100));
        var seller = world.ClientOf(world.SellerId, "seller");
        await KnownAsync(seller, rigId);
        (await seller.RigLiveAsync(rigId, cancellationToken)).WorkerCount.ShouldBe(0);

        world.NewFarm().Add(
            new WorkerSettings { Port = world.StratumPort, Login = login, Name = "one", Password = "d=500" });
        await Eventually.TrueAsync(
            async () =>
                (await seller.RigLiveAsync(rigId, cancellationToken)).OneMinute.Hashrate > Hashrate.Zero,
            ProxyWorld.Generous);
        await Eventually.TrueAsync(
            async () => (await seller.RigLiveAsync(rigId, cancellationToken)).Workers.Count == 1, ProxyWorld.Generous);
        var worker = (await seller.RigLiveAsync(rigId, cancellationToken)).Workers.Single();
        (worker.Name, worker.WorkingFor, worker.Firmware).ShouldBe(
            ($"{login}.one", "own-pool", FirmwareProfiles.Antminer.UserAgent));

        foreach (var other in new[] { Stranger, world.RenterId })
        {
            var problem = await Should.ThrowAsync<ApiProblemException>(
                () => world.ClientOf(other, "seller").RigLiveAsync(rigId, cancellationToken));
            (problem.Status, problem.Code).ShouldBe((HttpStatusCode.NotFound, "rig-not-found"));
        }
    }

    [Fact]
    public async Task A_contract_is_seen_by_both_parties_but_its_pool_by_the_renter_only()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var (rigId, login) = await world.NewRigAsync(NewPool("own"), Hashrate.FromTerahashes(100));
        world.NewFarm().Add(
            new WorkerSettings { Port = world.StratumPort, Login = login, Name = "one", Password = "d=500" });
        var pool = NewPool("renters");
        var contractId = await world.RentAsync(
            rigId, Hashrate.FromTerahashes(1_000), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), pool);

        await Eventually.TrueAsync(
            async () => (await world.LiveAsync(contractId)).PoolAcceptedShares > 0, ProxyWorld.Generous);
        var asRenter = await world.LiveAsync(contractId);
        asRenter.ActiveDestination.ShouldBe(pool.Url);
        asRenter.WorkerCount.ShouldBe(1);
        asRenter.FirstJobAt.ShouldNotBeNull();
        asRenter.FirstPoolAcceptedAt.ShouldNotBeNull();
        asRenter.PoolRefusedShares.ShouldBe(0);

        var asSeller = await world.ClientOf(world.SellerId, "seller").ContractLiveAsync(contractId, cancellationToken);
        asSeller.ActiveDestination.ShouldBeEmpty();
        asSeller.ProvedWork.ShouldBeGreaterThanOrEqualTo(asRenter.ProvedWork);

        var problem = await Should.ThrowAsync<ApiProblemException>(
            () => world.ClientOf(Stranger, "renter").ContractLiveAsync(contractId, cancellationToken));
        (problem.Status, problem.Code).ShouldBe((HttpStatusCode.NotFound, "contract-not-found"));
    }

    [Fact]
    public async Task A_contract_is_followed_as_it_arrives_and_as_it_stops()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(ProxyWorld.Generous * 2);
        var (rigId, login) = await world.NewRigAsync(NewPool("own"), Hashrate.FromTerahashes(100));
        var farm = new SimulatedFarm(TimeProvider.System);
        farm.Add(new WorkerSettings { Port = world.StratumPort, Login = login, Name = "one", Password = "d=500" });
        var pool = NewPool("renters");
        var contractId = await world.RentAsync(
            rigId, Hashrate.FromTerahashes(1), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), pool);

        var hasArrived = false;
        await world.LiveAsync(contractId);
        var renter = world.ClientOf(world.RenterId, "renter");
        await foreach (var view in renter.FollowContractAsync(contractId, limit.Token))
        {
            view.Windows.Select(window => window.Minutes).ShouldBe([1, 5, 15, 60]);
            view.Windows.ShouldAllBe(window =>
                window.Lowest <= window.Proved.Hashrate && window.Proved.Hashrate <= window.Highest);
            if (!hasArrived && view.Flow.State == "arriving" && view.Windows[0].PoolConfirmed > Hashrate.Zero)
            {
                view.ActiveDestination.ShouldBe(pool.Url);
                hasArrived = true;
                await farm.DisposeAsync();
            }

            if (hasArrived && view.Flow.State == "stopped")
            {
                view.Flow.Fault.ShouldBe("seller");
                view.Flow.SinceAt.ShouldBeLessThanOrEqualTo(view.SeenAt);
                return;
            }
        }

        Assert.Fail("The stream ended before the contract was seen to stop.");
    }

    [Fact]
    public async Task A_rig_is_followed_by_its_seller_and_a_stranger_follows_nothing()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(ProxyWorld.Generous);
        var (rigId, _) = await world.NewRigAsync(NewPool("own"), Hashrate.FromTerahashes(100));
        var seller = world.ClientOf(world.SellerId, "seller");
        await KnownAsync(seller, rigId);
        await foreach (var view in seller.FollowRigAsync(rigId, limit.Token))
        {
            view.RigId.ShouldBe(rigId);
            break;
        }

        foreach (var follow in new Func<Task>[]
        {
            async () => await FirstAsync(world.ClientOf(Stranger, "seller").FollowRigAsync(rigId, limit.Token)),
            async () => await FirstAsync(world.ClientOf(Stranger, "renter").FollowContractAsync(
                TypedId.New<ContractId>(TimeProvider.System), limit.Token)),
        })
        {
            (await Should.ThrowAsync<ApiProblemException>(follow)).Status.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task A_contract_that_has_not_started_is_known_but_not_live()
    {
        var (rigId, _) = await world.NewRigAsync(NewPool("own"), Hashrate.FromTerahashes(100));
        var contractId = await world.RentAsync(
            rigId, Hashrate.FromTerahashes(1), TimeSpan.FromHours(1), TimeSpan.FromHours(1), NewPool("renters"));
        var renter = world.ClientOf(world.RenterId, "renter");
        await Eventually.TrueAsync(
            async () => (await Should.ThrowAsync<ApiProblemException>(
                () =>
                    renter.ContractLiveAsync(contractId, TestContext.Current.CancellationToken)))
                .Code == "contract-not-live",
            ProxyWorld.Generous);
    }

    /// <summary>A rig is routed a moment before the database knows whose it is.</summary>
    private static Task KnownAsync(ProxyClient seller, RigId rigId) => Eventually.TrueAsync(
        async () =>
        {
            try
            {
                await seller.RigLiveAsync(rigId, TestContext.Current.CancellationToken);
                return true;
            }
            catch (ApiProblemException unknown) when (unknown.Code == "rig-not-found")
            {
                return false;
            }
        },
        ProxyWorld.Generous);

    private static async Task<TView> FirstAsync<TView>(IAsyncEnumerable<TView> views)
    {
        await foreach (var view in views)
        {
            return view;
        }

        throw new InvalidOperationException("Nothing was said.");
    }
}
