using Marketplace.Billing.Payments;
using Marketplace.Client;
using Marketplace.Client.Billing;
using Marketplace.Messages.Billing;
using Marketplace.ServiceDefaults.Security;
using Marketplace.TestKit;
using Shouldly;
using Xunit;
using static Marketplace.Billing.Tests.Pure.Amounts;

namespace Marketplace.Billing.Tests.Service;

/// <summary>What a crash between the provider and our books leaves behind.</summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private static readonly PayInSandbox Card = new("4242424242424242");
    private readonly BillingWorld _world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _world.InitializeAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_charge_whose_answer_was_lost_is_looked_up_and_never_sent_again()
    {
        var contract = await PayIntoTheVoidAsync(() => _world.Provider.LosesAnswers = true);
        _world.Time.Advance(ProviderLoop.LookUpChargesAfter + TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(async () => await StatusAsync(contract) == "paid");
        _world.Provider.Charges.ShouldBe(1);
        (await _world.EntriesOfAsync(contract)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_charge_that_never_arrived_may_be_tried_anew()
    {
        var contract = await PayIntoTheVoidAsync(() => _world.Provider.LosesRequests = true);
        _world.Provider.LosesRequests = false;
        (await Renter(contract).PayInSandboxAsync(contract.Order, Card, Cancellation)).Status.ShouldBe("paid");
        (await _world.EntriesOfAsync(contract)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Money_that_is_found_after_the_order_lapsed_goes_back_and_does_not_revive_it()
    {
        var contract = await PayIntoTheVoidAsync(() => _world.Provider.LosesAnswers = true);
        _world.Provider.LosesAnswers = false;
        _world.Time.Advance(TimeSpan.FromMinutes(16));
        await _world.RefundedAsync(contract);
        (await StatusAsync(contract)).ShouldBe("lapsed");
        (await _world.PublishedAsync<OrderPaid>()).ShouldBeEmpty();
        var trial = await _world.Finance().GetTrialBalanceAsync(Cancellation);
        trial.Accounts.ShouldAllBe(account => account.Balance.IsZero);
    }

    [Fact]
    public async Task A_lapsed_order_cannot_be_paid()
    {
        var contract = await _world.PlaceAsync();
        _world.Time.Advance(TimeSpan.FromMinutes(16));
        (await StatusAsync(contract)).ShouldBe("lapsed");
        var refused = await Should.ThrowAsync<ApiProblemException>(() =>
            Renter(contract).PayInSandboxAsync(contract.Order, Card, Cancellation));
        refused.Code.ShouldBe("order-lapsed");
        _world.Provider.Charges.ShouldBe(0);
    }

    [Fact]
    public async Task A_refund_whose_answer_was_lost_is_sent_once()
    {
        var contract = await _world.StartAsync();
        _world.Provider.LosesAnswers = true;
        _world.Time.Advance(TimeSpan.FromHours(10));
        await _world.CloseNodesAsync(contract);
        await _world.RefundedAsync(contract);
        _world.Provider.Refunds.ShouldBe(1);
        var entries = await _world.EntriesOfAsync(contract);
        PaymentTests.Balance(entries, "Liabilities:Refunds:InFlight").ShouldBe(Usd("0"));
        PaymentTests.Balance(entries, "Assets:Sandbox:Available").ShouldBe(Usd("0"));
    }

    private async Task<TestContract> PayIntoTheVoidAsync(Action breakLine)
    {
        var contract = await _world.PlaceAsync();
        breakLine();
        await Should.ThrowAsync<ApiProblemException>(() =>
            Renter(contract).PayInSandboxAsync(contract.Order, Card, Cancellation));
        return contract;
    }

    private BillingClient Renter(TestContract contract) => _world.ClientOf(contract.Renter, Policies.Renter);

    private async Task<string> StatusAsync(TestContract contract) =>
        (await Renter(contract).GetPaymentAsync(contract.Order, Cancellation)).Status;
}
