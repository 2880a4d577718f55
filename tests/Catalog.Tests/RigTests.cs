using System.Net;
using Marketplace.Client;
using Marketplace.ServiceDefaults.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Catalog.Tests;

public sealed class RigTests(CatalogWorld world) : IClassFixture<CatalogWorld>
{
    private static readonly CreateRig Anything = new("rack-1", "sha256d", Hashrate.FromTerahashes(100));

    [Fact]
    public async Task A_rig_gets_the_login_of_its_farm_and_name_in_lower_case()
    {
        var seller = world.NewSeller();
        var name = CatalogWorld.FreshName();
        var farm = await seller.CreateFarmAsync(new CreateFarm(name, "Iceland", "hydro"), Cancel);

        var rig = await seller.CreateRigAsync(farm.Id, Anything with { Name = "S19-Rack" }, Cancel);

        rig.Login.ShouldBe($"{name.Replace(' ', '-')}.s19-rack");
        (rig.FarmName, rig.Algorithm, rig.IsSimulated).ShouldBe((name, "sha256d", false));
        (await seller.GetRigsAsync(Cancel)).ShouldHaveSingleItem().Login.ShouldBe(rig.Login);
        await seller.CreateRigAsync(farm.Id, Anything with { Name = "s19-RACK" }, Cancel)
            .IsRefusedAsync("rig-name-taken");
    }

    [Fact]
    public async Task Another_seller_finds_neither_the_farm_nor_the_rig()
    {
        var (seller, other) = (world.NewSeller(), world.NewSeller());
        var rig = await world.NewRigAsync(seller);

        await other.CreateRigAsync(rig.FarmId, Anything, Cancel)
            .IsRefusedAsync("farm-not-found", HttpStatusCode.NotFound);
        await other.GetRigAsync(rig.Id, Cancel).IsRefusedAsync("rig-not-found", HttpStatusCode.NotFound);
        await other.SetDefaultPoolsAsync(rig.Id, CatalogWorld.Pools("stratum+tcp://evil.example:3333"), Cancel)
            .IsRefusedAsync("rig-not-found", HttpStatusCode.NotFound);
        (await other.GetRigsAsync(Cancel)).ShouldBeEmpty();
        (await seller.GetRigAsync(rig.Id, Cancel)).DefaultPools.ShouldHaveSingleItem().Url
            .ShouldBe("stratum+tcp://pool.example:3333");
    }

    [Fact]
    public async Task A_pools_password_rests_and_travels_sealed_and_is_never_shown()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller);

        var stored = await world.InDatabaseAsync(db => db.Rigs.SingleAsync(own => own.Id == rig.Id));
        var sealedPassword = stored.DefaultPools.ShouldHaveSingleItem().SealedPassword;
        sealedPassword.ShouldNotContain("secret");
        world.Services.GetRequiredService<SecretOpener>().Open(sealedPassword).ShouldBe("a secret word");
        await Eventually.TrueAsync(() => world.Heard.About(rig.Id).Any(
            change => change.DefaultPools is [{ SealedPassword: var travelled }] && travelled == sealedPassword));
    }

    [Fact]
    public async Task Every_change_of_a_rig_is_told_with_the_next_version()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller);
        await seller.SetDefaultPoolsAsync(
            rig.Id, CatalogWorld.Pools("stratum+tcp://one.example:3333", "stratum+tcp://TWO.example:443"), Cancel);

        await Eventually.TrueAsync(() => world.Heard.About(rig.Id).Length == 3);
        var told = world.Heard.About(rig.Id);
        told.Select(change => change.Version).ShouldBe([1, 2, 3]);
        told[0].DefaultPools.ShouldBeEmpty();
        told[2].Login.ShouldBe(rig.Login);
        told[2].NameplateHashesPerSecond.ShouldBe(rig.NameplateHashrate.HashesPerSecond);
        told[2].DefaultPools.Select(pool => (pool.Url, pool.Priority)).ShouldBe(
            [("stratum+tcp://one.example:3333", 0), ("stratum+tcp://two.example:443", 1)]);
        told[2].DefaultPools.Select(pool => pool.DestinationId).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Pools_set_at_the_same_time_leave_no_gap_between_versions()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller, withPools: false);

        var attempts = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => TryAsync(
            seller.SetDefaultPoolsAsync(
                rig.Id, CatalogWorld.Pools($"stratum+tcp://pool-{number}.example:3333"), Cancel))));

        var refused = attempts.Where(code => code is not null).ToList();
        refused.ShouldAllBe(code => code == "changed-meanwhile");
        var expected = 1 + attempts.Length - refused.Count;
        await Eventually.TrueAsync(() => world.Heard.About(rig.Id).Length == expected);
        world.Heard.About(rig.Id).Select(change => (int)change.Version).ShouldBe(Enumerable.Range(1, expected));
    }

    [Fact]
    public async Task A_rig_has_one_to_five_pools_of_its_own()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller);
        var six = Enumerable.Range(0, 6).Select(number => $"stratum+tcp://pool-{number}.example:3333").ToArray();

        await seller.SetDefaultPoolsAsync(rig.Id, new SetDefaultPools([]), Cancel)
            .IsRefusedAsync("pools-count-invalid");
        await seller.SetDefaultPoolsAsync(rig.Id, CatalogWorld.Pools(six), Cancel)
            .IsRefusedAsync("pools-count-invalid");
        (await seller.SetDefaultPoolsAsync(rig.Id, CatalogWorld.Pools(six[..5]), Cancel))
            .DefaultPools.Select(pool => pool.Url).ShouldBe(six[..5]);
    }

    [Theory]
    [InlineData("http://pool.example:3333")]
    [InlineData("stratum+tcp://pool.example")]
    [InlineData("stratum+tcp://pool.example:22")]
    [InlineData("stratum+tcp://user:word@pool.example:3333")]
    [InlineData("stratum+tcp://pool.example:3333/path")]
    [InlineData("pool.example:3333")]
    [InlineData("")]
    public async Task A_pool_whose_address_is_not_one_is_refused(string url)
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller, withPools: false);

        await seller.SetDefaultPoolsAsync(rig.Id, CatalogWorld.Pools(url), Cancel).IsRefusedAsync("pool-url-invalid");
        (await seller.GetRigAsync(rig.Id, Cancel)).DefaultPools.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pool_user_or_password_out_of_limits_is_refused()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller);
        SetDefaultPools With(string user, string password) =>
            new([new Pool("stratum+tcp://pool.example:3333", user, password)]);

        await seller.SetDefaultPoolsAsync(rig.Id, With(" ", "x"), Cancel).IsRefusedAsync("pool-user-invalid");
        await seller.SetDefaultPoolsAsync(rig.Id, With("user", new string('x', 1025)), Cancel)
            .IsRefusedAsync("pool-password-invalid");
        await seller.SetDefaultPoolsAsync(rig.Id, With("user", "two\nlines"), Cancel)
            .IsRefusedAsync("pool-password-invalid");
        await seller.SetDefaultPoolsAsync(rig.Id, With("user", ""), Cancel);
    }

    [Fact]
    public async Task A_rig_without_hashrate_or_of_an_unknown_algorithm_is_refused()
    {
        var seller = world.NewSeller();
        var farm = await seller.CreateFarmAsync(new CreateFarm(CatalogWorld.FreshName(), "Iceland", "hydro"), Cancel);

        await seller.CreateRigAsync(farm.Id, Anything with { NameplateHashrate = Hashrate.Zero }, Cancel)
            .IsRefusedAsync("nameplate-invalid");
        await seller.CreateRigAsync(farm.Id, Anything with { Algorithm = "quark" }, Cancel)
            .IsRefusedAsync("algorithm-unknown");
        await seller.CreateRigAsync(farm.Id, Anything with { Name = "a.b" }, Cancel).IsRefusedAsync("rig-name-invalid");
    }

    [Fact]
    public async Task A_simulated_rig_is_refused_outside_the_demo_world()
    {
        var seller = world.NewSeller();
        var farm = await seller.CreateFarmAsync(new CreateFarm(CatalogWorld.FreshName(), "Iceland", "hydro"), Cancel);

        await seller.CreateRigAsync(farm.Id, Anything with { Algorithm = "sha256d-demo" }, Cancel)
            .IsRefusedAsync("algorithm-not-open", HttpStatusCode.BadRequest);
    }

    private static async Task<string?> TryAsync(Task request)
    {
        try
        {
            await request;
            return null;
        }
        catch (ApiProblemException refused)
        {
            return refused.Code;
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
