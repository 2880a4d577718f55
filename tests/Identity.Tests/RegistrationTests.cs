using System.Net;
using Marketplace.Client;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Identity.Tests;

public sealed class RegistrationTests(IdentityWorld world) : IClassFixture<IdentityWorld>
{
    [Fact]
    public async Task A_new_account_is_signed_in_with_an_organisation_of_its_own()
    {
        var session = world.NewSession();
        var registration = IdentityWorld.Registration();

        var info = await session.RegisterAsync(registration, Cancel);

        (info.Email, info.OrganisationName).ShouldBe((registration.Email, "Example Mining"));
        info.Roles.ShouldBe(["renter"]);
        var seen = await session.Identity.GetSessionAsync(Cancel);
        (seen.AccountId, seen.OrganisationId).ShouldBe((info.AccountId, info.OrganisationId));
    }

    [Fact]
    public async Task Billing_hears_of_a_new_organisation_once()
    {
        var registration = IdentityWorld.Registration();
        var info = await world.NewSession().RegisterAsync(registration, Cancel);

        await Eventually.TrueAsync(() => world.Heard.About(info.OrganisationId).Length > 0);
        var told = world.Heard.About(info.OrganisationId).ShouldHaveSingleItem();
        (told.Name, told.CountryCode, told.BillingEmail, told.Version)
            .ShouldBe(("Example Mining", "DE", registration.Email, 1));
    }

    [Fact]
    public async Task An_email_opens_one_account_whatever_its_case()
    {
        var email = IdentityWorld.FreshEmail();
        await world.NewSession().RegisterAsync(IdentityWorld.Registration(email), Cancel);

        await world.NewSession().RegisterAsync(IdentityWorld.Registration(email.ToUpperInvariant()), Cancel)
            .IsRefusedAsync("email-taken", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task An_email_registered_many_times_at_once_opens_one_account_and_one_organisation()
    {
        var email = IdentityWorld.FreshEmail();

        var codes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CodeOfAsync(
            world.NewSession().RegisterAsync(IdentityWorld.Registration(email), Cancel))));

        codes.Count(code => code is null).ShouldBe(1);
        codes.Count(code => code == "email-taken").ShouldBe(7);
        (await world.InDatabaseAsync(db => db.Organisations.CountAsync(own => own.BillingEmail == email))).ShouldBe(1);
    }

    [Fact]
    public async Task A_registration_that_breaks_a_rule_says_which_and_opens_nothing()
    {
        var good = IdentityWorld.Registration();
        (RegisterAccount Registration, string Code)[] refused =
        [
            (good with { Email = "nobody" }, "email-invalid"),
            (good with { Email = "Some Body <some@example.com>" }, "email-invalid"),
            (good with { Password = "too short" }, "password-too-weak"),
            (good with { Password = new string('a', 40) }, "password-too-weak"),
            (good with { Password = new string('x', 120) + "some more" }, "password-too-weak"),
            (good with { Password = good.Email }, "password-too-weak"),
            (good with { OrganisationName = "  " }, "organisation-name-invalid"),
            (good with { CountryCode = "XX" }, "country-unknown"),
            (good with { Role = "finance" }, "role-not-open"),
            (good with { Role = "operator" }, "role-not-open"),
        ];

        foreach (var (registration, code) in refused)
        {
            await world.NewSession().RegisterAsync(registration, Cancel)
                .IsRefusedAsync(code, HttpStatusCode.BadRequest);
        }

        (await world.InDatabaseAsync(db => db.Organisations.AnyAsync(own => own.BillingEmail == good.Email)))
            .ShouldBeFalse();
    }

    private static async Task<string?> CodeOfAsync(Task request)
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
