using Marketplace.Billing.Ledger;
using Shouldly;
using Xunit;
using static Marketplace.Billing.Tests.Pure.Amounts;

namespace Marketplace.Billing.Tests.Pure;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("UTC", "2026-10-31T23:59:59.999999Z", "2026-10")]
    [InlineData("UTC", "2026-11-01T00:00:00Z", "2026-11")]
    [InlineData("Europe/Berlin", "2026-10-31T23:00:00Z", "2026-11")]
    [InlineData("Europe/Berlin", "2026-10-31T22:59:59Z", "2026-10")]
    [InlineData("Europe/Berlin", "2026-06-30T22:00:00Z", "2026-07")]
    [InlineData("America/New_York", "2026-11-01T03:59:59Z", "2026-10")]
    public void A_fact_belongs_to_the_month_of_the_entitys_own_calendar(string zone, string at, string expected) =>
        Period.Of(DateTimeOffset.Parse(at, null), TimeZoneInfo.FindSystemTimeZoneById(zone))
            .ToString().ShouldBe(expected);

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Pacific/Auckland")]
    public void The_cut_off_is_the_first_instant_of_the_next_month(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        for (var period = Period.Parse("2026-01"); period < Period.Parse("2028-01"); period = period.Next)
        {
            var cutOff = period.EndAt(zone);
            Period.Of(cutOff, zone).ShouldBe(period.Next);
            Period.Of(cutOff.AddTicks(-1), zone).ShouldBe(period);
        }
    }

    [Theory]
    [InlineData("2026-13")]
    [InlineData("2026-1")]
    [InlineData("november")]
    [InlineData("")]
    public void What_is_no_month_is_not_taken_for_one(string text) =>
        Period.TryParse(text, null, out _).ShouldBeFalse();

    [Fact]
    public void A_result_brings_revenue_and_expenses_to_zero()
    {
        var result = PeriodResult.Of(
            Period.Parse("2026-11"),
            [
                (Account.SellerFee, Usd("-1.41466667")),
                (Account.RenterFee, Usd("-2.82933333")),
                (Account.RefusedWork, Usd("20")),
                (Account.ProviderProcessing("Stripe"), Usd("0")),
            ],
            DateTimeOffset.UnixEpoch);

        result!.Key.ShouldBe("close:2026-11");
        result.IsByHand.ShouldBeTrue();
        result.Postings.Single(posting => posting.Account == Account.Retained).Amount.ShouldBe(Usd("15.756"));
        result.Postings.Count.ShouldBe(4);
        PeriodResult.Of(Period.Parse("2026-12"), [], DateTimeOffset.UnixEpoch).ShouldBeNull();
    }

    [Theory]
    [InlineData("Assets:Stripe:Available", true)]
    [InlineData("Assets:Sandbox:Pending", true)]
    [InlineData("Assets:Bank:Operating", false)]
    [InlineData("Assets:Clearing:Payments", false)]
    public void The_providers_accounts_are_told_by_their_names(string name, bool isOfProvider) =>
        Account.Named(name).IsOfProvider.ShouldBe(isOfProvider);

    [Theory]
    [InlineData("Assets:Bnak:Operating")]
    [InlineData("Liabilities:Renter::Balance")]
    [InlineData("Revenue:Renterfee")]
    [InlineData(" Equity:Capital")]
    public void A_name_that_is_not_in_the_chart_is_refused(string name) =>
        Should.Throw<BusinessRuleException>(() => Account.Named(name)).Code.ShouldBe("account-unknown");

    [Fact]
    public void Every_account_the_code_posts_to_is_in_the_chart()
    {
        var id = Guid.CreateVersion7();
        Account[] used =
        [
            Account.ClearingPayments, Account.RefundsInFlight, Account.VatOutput, Account.Rounding, Account.RenterFee,
            Account.SellerFee, Account.RefusedWork, Account.Retained, Account.ProviderPending("Sandbox"),
            Account.ProviderAvailable("Sandbox"), Account.ProviderProcessing("Sandbox"),
            Account.RenterBalance(OrganisationId.From(id)), Account.Held(ContractId.From(id)),
            Account.SellerAccrued(OrganisationId.From(id)), Account.SellerPayable(OrganisationId.From(id)),
        ];
        used.ShouldAllBe(account => Account.Named(account.Name) == account);
    }
}
