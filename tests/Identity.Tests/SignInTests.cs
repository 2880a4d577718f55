using System.Net;
using Marketplace.Client;

namespace Marketplace.Identity.Tests;

public sealed class SignInTests(IdentityWorld world) : IClassFixture<IdentityWorld>
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task The_right_password_signs_in_whatever_the_emails_case()
    {
        var email = await RegisteredAsync();

        var info = await world.NewSession().SignInAsync(email.ToUpperInvariant(), Password, Cancel);

        info.Email.ShouldBe(email);
    }

    [Fact]
    public async Task An_unknown_email_and_a_wrong_password_get_the_same_answer()
    {
        var email = await RegisteredAsync();

        var wrong = await RefusalAsync(email, "wrong horse battery");
        var unknown = await RefusalAsync(IdentityWorld.FreshEmail(), Password);

        (wrong.Status, wrong.Code).ShouldBe((HttpStatusCode.Unauthorized, "sign-in-refused"));
        (unknown.Status, unknown.Code, unknown.Detail).ShouldBe((wrong.Status, wrong.Code, wrong.Detail));
    }

    [Fact]
    public async Task An_unknown_email_takes_as_long_as_a_wrong_password()
    {
        const int rounds = 9;
        var wrong = new List<TimeSpan>();
        var unknown = new List<TimeSpan>();
        for (var round = 0; round < rounds; round++)
        {
            var email = await RegisteredAsync();
            wrong.Add(await DurationAsync(email));
            unknown.Add(await DurationAsync(IdentityWorld.FreshEmail()));
        }

        Median(unknown).ShouldBeInRange(Median(wrong) / 2, Median(wrong) * 2);
    }

    [Fact]
    public async Task Five_wrong_tries_lock_the_account_for_fifteen_minutes_with_the_same_answer()
    {
        var email = await RegisteredAsync();
        var first = await RefusalAsync(email, "wrong horse battery");
        for (var wrongTry = 2; wrongTry <= 5; wrongTry++)
        {
            await RefusalAsync(email, "wrong horse battery");
        }

        (await RefusalAsync(email, Password)).Detail.ShouldBe(first.Detail);
        world.Time.Advance(TimeSpan.FromMinutes(14));
        await RefusalAsync(email, Password);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.NewSession().SignInAsync(email, Password, Cancel);
    }

    [Fact]
    public async Task Guesses_at_the_same_time_are_counted_like_guesses_in_a_row()
    {
        var email = await RegisteredAsync();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => RefusalAsync(email, "wrong horse battery")));

        await RefusalAsync(email, Password);
    }

    [Fact]
    public async Task A_right_try_forgets_the_wrong_ones_before_it()
    {
        var email = await RegisteredAsync();
        for (var round = 0; round < 3; round++)
        {
            for (var wrongTry = 1; wrongTry <= 4; wrongTry++)
            {
                await RefusalAsync(email, "wrong horse battery");
            }

            await world.NewSession().SignInAsync(email, Password, Cancel);
        }
    }

    [Fact]
    public async Task The_operators_own_people_are_made_from_the_configuration()
    {
        var finance = await StaffSignInAsync("finance@marketplace.example");
        var chief = await StaffSignInAsync("operator@marketplace.example");

        finance.Roles.ShouldBe(["finance"]);
        chief.Roles.ShouldBe(["operator"]);
        chief.OrganisationId.ShouldBe(finance.OrganisationId);
        chief.OrganisationName.ShouldBe("Marketplace");
    }

    private Task<SessionInfo> StaffSignInAsync(string email) =>
        world.NewSession().SignInAsync(email, IdentityWorld.StaffPassword, Cancel);

    private async Task<TimeSpan> DurationAsync(string email)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        await RefusalAsync(email, "wrong horse battery");
        return TimeProvider.System.GetElapsedTime(startedAt);
    }

    private static TimeSpan Median(List<TimeSpan> durations) => durations.Order().ElementAt(durations.Count / 2);

    private async Task<string> RegisteredAsync()
    {
        var registration = IdentityWorld.Registration();
        await world.NewSession().RegisterAsync(registration, Cancel);
        return registration.Email;
    }

    private async Task<ApiProblemException> RefusalAsync(string email, string password) =>
        await Should.ThrowAsync<ApiProblemException>(world.NewSession().SignInAsync(email, password, Cancel));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
