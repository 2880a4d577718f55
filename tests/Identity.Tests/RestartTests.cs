using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Identity.Tests;

public sealed class RestartTests : IAsyncLifetime
{
    private readonly IdentityWorld _world = new();

    public ValueTask InitializeAsync() => _world.InitializeAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_restart_signs_nobody_out_and_makes_no_staff_twice()
    {
        var email = IdentityWorld.FreshEmail();
        var http = _world.NewHttp(_world.Http);
        using var registered = await http.PostAsJsonAsync(
            new Uri("api/identity/accounts", UriKind.Relative), IdentityWorld.Registration(email), Cancel);
        var cookie = registered.Headers.GetValues("Set-Cookie").First().Split(';')[0];

        await _world.StopAsync();
        await _world.StartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_world.Http, "api/identity/session"));
        request.Headers.Add("Cookie", cookie);
        using var answer = await _world.NewHttp(_world.Http).SendAsync(request, Cancel);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain(email);
        (await _world.InDatabaseAsync(db => db.Accounts.CountAsync(Cancel))).ShouldBe(3);
        (await _world.InDatabaseAsync(db => db.Organisations.CountAsync(Cancel))).ShouldBe(2);
    }

    [Fact]
    public async Task Staff_with_a_short_password_or_a_wrong_role_stop_the_start_with_the_reason()
    {
        await _world.StopAsync();
        _world.Settings["Identity:Staff:0:Password"] = "short";
        _world.Settings["Identity:Staff:1:Role"] = "renter";

        var failure = await Should.ThrowAsync<OptionsValidationException>(_world.StartAsync());

        failure.Message.ShouldContain("Password");
        failure.Message.ShouldContain("Role");
    }

    [Fact]
    public async Task One_address_may_knock_only_so_often()
    {
        await _world.StopAsync();
        _world.Settings["Identity:SignInsPerMinute"] = "3";
        await _world.StartAsync();
        for (var number = 1; number <= 3; number++)
        {
            await SignInAsync().IsRefusedAsync("sign-in-refused");
        }

        await SignInAsync().IsRefusedAsync("too-many-requests", HttpStatusCode.TooManyRequests);
    }

    private Task<SessionInfo> SignInAsync() =>
        _world.NewSession().SignInAsync(IdentityWorld.FreshEmail(), "wrong horse battery", Cancel);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
