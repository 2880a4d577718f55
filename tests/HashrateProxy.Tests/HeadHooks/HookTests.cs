using System.Net;
using System.Security.Cryptography;
using System.Text;
using Marketplace.Client;
using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.HeadHooks;
using Marketplace.HashrateProxy.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.HashrateProxy.Tests.HeadHooks;

/// <summary>Heads that are sent to both parties' own servers, over HTTP and with two nodes at work.</summary>
public sealed class HookTests(TwoNodesWorld world) : IClassFixture<TwoNodesWorld>, IAsyncLifetime
{
    private readonly HookScene _scene = new(world);
    private HookReceiver _receiver = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _receiver = await HookReceiver.StartAsync();
        await _scene.BeginAsync();
    }

    [Fact]
    public async Task Both_parties_get_every_head_once_signed_and_in_the_shape_of_the_list()
    {
        await using var sellers = await HookReceiver.StartAsync();
        var renters = await _scene.Renter.CreateHeadHookAsync(new CreateHeadHook(_receiver.Url), Cancelled);
        await _scene.Seller.CreateHeadHookAsync(new CreateHeadHook(sellers.Url), Cancelled);
        for (var round = 1; round <= 3; round++)
        {
            _scene.Close(minutes: 60);
            await Eventually.TrueAsync(
                () => _receiver.Taken.Count >= 60 * round && sellers.Taken.Count >= 60 * round, ProxyWorld.Generous);
        }

        var listed = (await _scene.Renter.ContractHeadsAsync(_scene.ContractId, after: null, Cancelled)).Heads;
        _receiver.Taken.ShouldBe(listed);
        sellers.Taken.ShouldBe(listed);
        _receiver.All.SelectMany(one => one.Delivery.Contracts)
            .ShouldAllBe(one => one.ContractId == _scene.ContractId);
        foreach (var one in _receiver.All)
        {
            using var hmac = new HMACSHA256(Encoding.ASCII.GetBytes(renters.Secret));
            byte[] text = [.. Encoding.ASCII.GetBytes($"{one.Timestamp}."), .. one.Body];
            one.Signature.ShouldBe($"v1={Convert.ToHexStringLower(hmac.ComputeHash(text))}");
            var age = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - long.Parse(one.Timestamp, null);
            age.ShouldBeInRange(-5, 600);
        }

        _receiver.All.Select(one => one.Id).ShouldBeUnique();
        _receiver.All.Count.ShouldBeLessThan(listed.Count);
    }

    [Fact]
    public async Task What_was_not_taken_comes_again_in_order_and_the_list_says_why_it_waits()
    {
        _receiver.Answer = HttpStatusCode.InternalServerError;
        await _scene.Renter.CreateHeadHookAsync(new CreateHeadHook(_receiver.Url), Cancelled);
        _scene.Close(minutes: 3);
        await Eventually.TrueAsync(() => _receiver.All.Count >= 2, ProxyWorld.Generous);
        var failing = await OneHookAsync(hook => hook.FailingSinceAt is not null);
        failing.WaitingHeads.ShouldBe(3);
        failing.LastError.ShouldBe("It answered with status 500.");

        _receiver.Answer = HttpStatusCode.NoContent;
        await Eventually.TrueAsync(() => _receiver.Taken.Count >= 3, ProxyWorld.Generous);

        _receiver.Taken.Select(head => head.Index).ShouldBe([0, 1, 2]);
        var well = await OneHookAsync(hook => hook.WaitingHeads == 0);
        well.FailingSinceAt.ShouldBeNull();
        well.LastDeliveredAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_hook_that_fails_for_a_day_is_switched_off_and_says_so()
    {
        _receiver.Answer = HttpStatusCode.NotFound;
        var created = await _scene.Renter.CreateHeadHookAsync(new CreateHeadHook(_receiver.Url), Cancelled);
        _scene.Close(minutes: 1);
        await OneHookAsync(hook => hook.FailingSinceAt is not null);
        await using (var scope = world.Services.CreateAsyncScope())
        {
            var yesterday = TimeProvider.System.GetUtcNow() - RetrySchedule.LongestFailure;
            await scope.ServiceProvider.GetRequiredService<ProxyDbContext>().Hooks
                .Where(hook => hook.Id == created.Hook.Id)
                .ExecuteUpdateAsync(hook => hook.SetProperty(one => one.FailingSinceAt, yesterday), Cancelled);
        }

        var off = await OneHookAsync(hook => hook.SwitchedOffAt is not null);
        off.LastError.ShouldBe("It answered with status 404.");
        off.WaitingHeads.ShouldBe(0);
        var before = _receiver.All.Count;
        _scene.Close(minutes: 1);
        await Eventually.TrueAsync(async () =>
            (await _scene.Renter.ContractHeadsAsync(_scene.ContractId, null, Cancelled)).Heads.Count == 2);
        (await OneHookAsync(_ => true)).WaitingHeads.ShouldBe(0);
        _receiver.All.Count.ShouldBe(before);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_an_address_behind_us_is_not_dialled()
    {
        _receiver.Answer = HttpStatusCode.TemporaryRedirect;
        _receiver.Location = "/elsewhere";
        await _scene.Renter.CreateHeadHookAsync(new CreateHeadHook(_receiver.Url), Cancelled);
        await _scene.Seller.CreateHeadHookAsync(new CreateHeadHook("https://10.0.0.1/heads"), Cancelled);
        _scene.Close(minutes: 1);

        (await OneHookAsync(hook => hook.LastError is not null)).LastError.ShouldBe("It answered with status 307.");
        _receiver.All.ShouldAllBe(one => one.Path == "/heads");
        await Eventually.TrueAsync(
            async () => (await _scene.Seller.HeadHooksAsync(Cancelled)).Hooks.Single().LastError?.Contains(
                "not on the public internet", StringComparison.Ordinal) == true,
            ProxyWorld.Generous);
    }

    [Theory]
    [InlineData("junk")]
    [InlineData("ftp://hooks.example.com/")]
    [InlineData("http://hooks.example.com/")]
    [InlineData("https://user:secret@hooks.example.com/")]
    [InlineData("https://hooks.example.com/#part")]
    [InlineData("https://hooks.example.com:22/")]
    public async Task An_address_that_cannot_be_one_is_refused(string url)
    {
        var refused = await Should.ThrowAsync<ApiProblemException>(
            () => _scene.Renter.CreateHeadHookAsync(new CreateHeadHook(url), Cancelled));
        refused.Code.ShouldBe("hook-url-invalid");
    }

    [Fact]
    public async Task Hooks_are_their_organisations_own_and_limited_in_number()
    {
        var hooks = new List<HeadHook>();
        for (var count = 0; count < HookEndpoints.MaxHooksPerOrganisation; count++)
        {
            var request = new CreateHeadHook($"https://hooks.example.com/{count}");
            hooks.Add((await _scene.Renter.CreateHeadHookAsync(request, Cancelled)).Hook);
        }

        (await Should.ThrowAsync<ApiProblemException>(() => _scene.Renter.CreateHeadHookAsync(
            new CreateHeadHook("https://hooks.example.com/"), Cancelled))).Code.ShouldBe("hooks-too-many");
        (await Should.ThrowAsync<ApiProblemException>(
            () => _scene.Seller.DeleteHeadHookAsync(hooks[0].Id, Cancelled))).Code.ShouldBe("hook-not-found");
        (await _scene.Seller.HeadHooksAsync(Cancelled)).Hooks.ShouldBeEmpty();

        await _scene.Renter.DeleteHeadHookAsync(hooks[0].Id, Cancelled);
        (await _scene.Renter.HeadHooksAsync(Cancelled)).Hooks.Select(hook => hook.Url).ShouldBe(
            hooks.Skip(1).Select(hook => hook.Url));
    }

    [Fact]
    public async Task The_secret_rests_sealed()
    {
        var created = await _scene.Renter.CreateHeadHookAsync(new CreateHeadHook(_receiver.Url), Cancelled);
        await using var scope = world.Services.CreateAsyncScope();
        var stored = await scope.ServiceProvider.GetRequiredService<ProxyDbContext>().Hooks
            .SingleAsync(hook => hook.Id == created.Hook.Id, Cancelled);
        stored.SealedSecret.ShouldStartWith("v1.");
        stored.SealedSecret.ShouldNotContain(created.Secret);
    }

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    /// <summary>The renter's only hook, once it is so.</summary>
    private async Task<HeadHook> OneHookAsync(Func<HeadHook, bool> isSo)
    {
        HeadHook? hook = null;
        await Eventually.TrueAsync(
            async () => isSo(hook = (await _scene.Renter.HeadHooksAsync(Cancelled)).Hooks.Single()),
            ProxyWorld.Generous);
        return hook!;
    }
}
