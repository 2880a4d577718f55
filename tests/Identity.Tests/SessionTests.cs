using System.Net;
using System.Net.Http.Json;
using Marketplace.Client;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Identity.Tests;

public sealed class SessionTests(IdentityWorld world) : IClassFixture<IdentityWorld>
{
    [Fact]
    public async Task A_token_of_the_session_tells_another_service_who_asks()
    {
        var session = world.NewSession();
        var info = await session.RegisterAsync(IdentityWorld.Registration(), Cancel);

        var me = await session.ChannelTo("billing").GetAsync<WhoAmI>("api/billing/me", Cancel);

        (me.AccountId, me.OrganisationId).ShouldBe((info.AccountId, info.OrganisationId));
        me.Roles.ShouldBe(["renter"]);
        me.AuthenticatedAt.ShouldBe(world.Time.GetUtcNow(), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_channel_renews_its_token_before_it_expires()
    {
        var session = world.NewSession();
        await session.RegisterAsync(IdentityWorld.Registration(), Cancel);
        var first = await session.Identity.GetTokenAsync(Cancel);
        var billing = session.ChannelTo("billing");
        await billing.GetAsync<WhoAmI>("api/billing/me", Cancel);

        world.Time.Advance(TimeSpan.FromMinutes(6));

        await billing.GetAsync<WhoAmI>("api/billing/me", Cancel);
        (first.ExpiresAt - world.Time.GetUtcNow()).ShouldBeLessThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task Nobody_gets_a_token_or_a_session_without_signing_in()
    {
        var identity = world.NewSession().Identity;
        await identity.GetTokenAsync(Cancel).IsRefusedAsync("not-signed-in", HttpStatusCode.Unauthorized);
        await identity.GetSessionAsync(Cancel).IsRefusedAsync("not-signed-in", HttpStatusCode.Unauthorized);
        await identity.SignOutAsync(Cancel);
    }

    [Fact]
    public async Task Signing_out_ends_a_copy_of_the_cookie_too()
    {
        var http = world.NewHttp(world.Http);
        var cookie = await SignedInCookieAsync(http);
        (await SendAsync(http, HttpMethod.Get, "session", cookie)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await SendAsync(http, HttpMethod.Delete, "session", cookie)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await SendAsync(http, HttpMethod.Get, "session", cookie)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(http, HttpMethod.Post, "tokens", cookie)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_changed_security_stamp_ends_the_session()
    {
        var session = world.NewSession();
        var info = await session.RegisterAsync(IdentityWorld.Registration(), Cancel);

        await world.InDatabaseAsync(db => db.Accounts.Where(account => account.Id == info.AccountId.Value)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.SecurityStamp, "another"), Cancel));

        await session.Identity.GetTokenAsync(Cancel).IsRefusedAsync("not-signed-in");
    }

    [Fact]
    public async Task A_session_ends_after_its_hours()
    {
        var session = world.NewSession();
        await session.RegisterAsync(IdentityWorld.Registration(), Cancel);

        world.Time.Advance(TimeSpan.FromHours(12) + TimeSpan.FromSeconds(1));

        await session.Identity.GetSessionAsync(Cancel).IsRefusedAsync("not-signed-in");
    }

    [Fact]
    public async Task The_cookie_is_for_this_host_and_its_own_pages_alone()
    {
        var plain = await SetCookieAsync(world.NewHttp(world.Http));
        plain.ShouldStartWith("marketplace-session=");
        plain.ShouldContain("httponly", Case.Insensitive);
        plain.ShouldContain("samesite=strict", Case.Insensitive);
        plain.ShouldContain("path=/", Case.Insensitive);
        plain.ShouldNotContain("domain", Case.Insensitive);

        var overTls = await SetCookieAsync(world.NewHttp(world.Https));
        overTls.ShouldStartWith("__Host-marketplace-session=");
        overTls.ShouldContain("secure", Case.Insensitive);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task A_request_that_another_site_made_a_browser_send_is_refused(string header, string value)
    {
        var http = world.NewHttp(world.Http);
        var cookie = await SignedInCookieAsync(http);

        var answer = await SendAsync(http, HttpMethod.Post, "tokens", cookie, (header, value));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("foreign-origin");
    }

    [Fact]
    public async Task A_request_of_our_own_pages_is_served()
    {
        var http = world.NewHttp(world.Http);
        var cookie = await SignedInCookieAsync(http);

        (await SendAsync(http, HttpMethod.Post, "tokens", cookie, ("Sec-Fetch-Site", "same-origin")))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        var ourOrigin = world.Http.GetLeftPart(UriPartial.Authority);
        (await SendAsync(http, HttpMethod.Post, "tokens", cookie, ("Origin", ourOrigin)))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_public_keys_can_be_fetched_without_a_session()
    {
        var http = world.NewHttp(world.Http);
        var keys = await http.GetStringAsync(new Uri("api/identity/keys", UriKind.Relative), Cancel);
        keys.ShouldContain("\"ES256\"");
        keys.ShouldNotContain("\"d\"");
    }

    [Fact]
    public async Task An_account_keeps_its_newest_twenty_sessions()
    {
        var registration = IdentityWorld.Registration();
        var first = world.NewSession();
        var info = await first.RegisterAsync(registration, Cancel);
        for (var number = 2; number <= 21; number++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
            await world.NewSession().SignInAsync(registration.Email, registration.Password, Cancel);
        }

        await first.Identity.GetSessionAsync(Cancel).IsRefusedAsync("not-signed-in");
        var kept = await world.InDatabaseAsync(db => db.Sessions.CountAsync(
            own => own.AccountId == info.AccountId.Value, Cancel));
        kept.ShouldBe(20);
    }

    private static async Task<string> SetCookieAsync(HttpClient http)
    {
        using var answer = await http.PostAsJsonAsync(
            new Uri("api/identity/accounts", UriKind.Relative), IdentityWorld.Registration(), ApiChannel.Json, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
    }

    private static async Task<string> SignedInCookieAsync(HttpClient http) =>
        (await SetCookieAsync(http)).Split(';')[0];

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient http, HttpMethod method, string path, string cookie, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri($"api/identity/{path}", UriKind.Relative));
        request.Headers.Add("Cookie", cookie);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await http.SendAsync(request, Cancel);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
