using System.Net;
using Marketplace.Billing.Payments;
using Marketplace.Client;
using Marketplace.Client.Billing;
using Marketplace.Messages.Billing;
using Marketplace.ServiceDefaults.Security;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using static Marketplace.Billing.Tests.Pure.Amounts;

namespace Marketplace.Billing.Tests.Service;

public sealed class PaymentTests(BillingWorld world) : IClassFixture<BillingWorld>
{
    private static readonly PayInSandbox Card = new("4242424242424242");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_paid_order_is_held_invoiced_and_told()
    {
        var contract = await world.PlaceAsync();
        var renter = Renter(contract);
        (await renter.GetPaymentAsync(contract.Order, Cancellation)).Status.ShouldBe("due");
        var paid = await renter.PayInSandboxAsync(contract.Order, Card, Cancellation);
        paid.Status.ShouldBe("paid");
        paid.Total.ShouldBe(Usd("124.80"));

        var entries = await world.EntriesOfAsync(contract);
        entries.Select(entry => entry.Key.Split(':')[0]).Order().ShouldBe(["bt", "bt", "order", "payment"]);
        Balance(entries, "Assets:Clearing:Payments").ShouldBe(Usd("0"));
        Balance(entries, "Assets:Sandbox:Available").ShouldBe(Usd("124.80"));
        Balance(entries, $"Liabilities:Renter:{contract.Renter}:Balance").ShouldBe(Usd("0"));
        Balance(entries, $"Liabilities:Held:{contract.Contract}").ShouldBe(Usd("-104.00"));
        Balance(entries, "Liabilities:VAT:Output").ShouldBe(Usd("-20.80"));

        var invoice = (await renter.GetDocumentsAsync(contract.Contract, Cancellation)).ShouldHaveSingleItem();
        invoice.Kind.ShouldBe("invoice");
        invoice.Number.ShouldStartWith("INV-2026-");
        invoice.Total.ShouldBe(Usd("124.80"));
        invoice.Lines.Select(line => line.Amount).ShouldBe([Usd("100.00"), Usd("4.00")]);
        (await world.PublishedAsync<OrderPaid>()).ShouldContain(message => message.OrderId == contract.Order.Value);
    }

    [Fact]
    public async Task Paying_again_and_at_the_same_time_charges_once()
    {
        var contract = await world.PlaceAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Renter(contract).PayInSandboxAsync(contract.Order, Card, Cancellation)));
        (await world.EntriesOfAsync(contract)).Count.ShouldBe(4);
        (await Renter(contract).GetDocumentsAsync(contract.Contract, Cancellation)).Count.ShouldBe(1);
        (await world.PublishedAsync<OrderPaid>()).Count(message => message.OrderId == contract.Order.Value).ShouldBe(1);
    }

    [Fact]
    public async Task A_declined_card_charges_nothing_and_another_one_may_follow()
    {
        var contract = await world.PlaceAsync();
        var declined = await Should.ThrowAsync<ApiProblemException>(() =>
            Renter(contract).PayInSandboxAsync(contract.Order, new PayInSandbox("4000000000000002"), Cancellation));
        declined.Code.ShouldBe("card-declined");
        (await world.EntriesOfAsync(contract)).ShouldBeEmpty();
        (await Renter(contract).PayInSandboxAsync(contract.Order, Card, Cancellation)).Status.ShouldBe("paid");
    }

    [Fact]
    public async Task A_real_card_number_is_refused_and_not_kept()
    {
        var contract = await world.PlaceAsync();
        var refused = await Should.ThrowAsync<ApiProblemException>(() =>
            Renter(contract).PayInSandboxAsync(contract.Order, new PayInSandbox("5555555555554444"), Cancellation));
        refused.Code.ShouldBe("card-not-for-tests");
        (await AttemptsAsync(contract)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_elses_order_is_not_there()
    {
        var contract = await world.PlaceAsync();
        var stranger = world.ClientOf(TypedId.New<OrganisationId>(world.Time), Policies.Renter);
        (await Should.ThrowAsync<ApiProblemException>(() => stranger.GetPaymentAsync(contract.Order, Cancellation)))
            .Status.ShouldBe(HttpStatusCode.NotFound);
        (await Should.ThrowAsync<ApiProblemException>(
            () => stranger.PayInSandboxAsync(contract.Order, Card, Cancellation)))
            .Status.ShouldBe(HttpStatusCode.NotFound);
        var seller = world.ClientOf(contract.Seller, Policies.Seller);
        (await Should.ThrowAsync<ApiProblemException>(
            () => seller.PayInSandboxAsync(contract.Order, Card, Cancellation)))
            .Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Invoice_numbers_have_no_gaps_whatever_fails_between()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ => await world.PayAsync()));
        var numbers = await world.InDatabaseAsync(context => context.Documents
            .Where(document => document.Number.StartsWith("INV-"))
            .Select(document => document.Number).ToListAsync(Cancellation));
        numbers.Select(number => int.Parse(number[^6..], System.Globalization.CultureInfo.InvariantCulture)).Order()
            .ShouldBe(Enumerable.Range(1, numbers.Count));
    }

    private BillingClient Renter(TestContract contract) => world.ClientOf(contract.Renter, Policies.Renter);

    private Task<List<ChargeAttempt>> AttemptsAsync(TestContract contract) => world.InDatabaseAsync(context =>
        context.ChargeAttempts.Where(attempt => attempt.OrderId == contract.Order).ToListAsync(Cancellation));

    internal static Money Balance(IEnumerable<LedgerEntry> entries, string account) => entries
        .SelectMany(entry => entry.Postings).Where(posting => posting.Account == account)
        .Aggregate(Usd("0"), (sum, posting) => sum + posting.Amount);
}
