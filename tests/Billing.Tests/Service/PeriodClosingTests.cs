using Marketplace.Billing.Books;
using Marketplace.Billing.Ledger;
using Marketplace.Client;
using Marketplace.Client.Billing;
using Marketplace.ServiceDefaults.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;
using static Marketplace.Billing.Tests.Pure.Amounts;

namespace Marketplace.Billing.Tests.Service;

/// <summary>A month from its first entry to its sealed balances; the world's clock begins with November 2026.</summary>
public sealed class PeriodClosingTests : IAsyncLifetime
{
    private const string November = "2026-11";
    private const string December = "2026-12";

    private static readonly DateTimeOffset InNovember = new(2026, 11, 15, 0, 0, 0, TimeSpan.Zero);

    private readonly BillingWorld _world = new();
    private readonly OrganisationId _renter = OrganisationId.From(Guid.CreateVersion7());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _world.InitializeAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_month_is_closed_step_by_step_and_its_balances_are_sealed()
    {
        await PostAsync(Earn("10.00"), Cost("3.00"));
        await ShouldBeRefusedAsync(November, "soft-close", "period-not-over");
        _world.Time.Advance(TimeSpan.FromDays(31));
        await ShouldBeRefusedAsync(November, "close", "period-in-other-status");

        (await ChangeAsync(November, "soft-close")).Status.ShouldBe("soft-closed");
        (await PeriodOfAsync(Earn("1.00"))).ShouldBe(December, "a late fact goes to the month that is open");
        (await PeriodOfAsync(Cost("0.50").ByHand())).ShouldBe(November, "finance corrects what it closes");
        (await ChangeAsync(November, "reopen")).Status.ShouldBe("open");
        (await PeriodOfAsync(Earn("2.00"))).ShouldBe(November);
        await ChangeAsync(November, "soft-close");
        var closed = await ChangeAsync(November, "close");

        closed.Status.ShouldBe("closed");
        closed.BalancesHash.ShouldNotBeNull();
        closed.Signature.ShouldNotBeNull();
        var sealedBalances = await Finance.GetPeriodBalancesAsync(November, Cancellation);
        sealedBalances.ShouldNotContain(balance => PeriodResult.IsOfResult(balance.Account));
        sealedBalances.Single(balance => balance.Account == Account.Retained.Name).Balance.ShouldBe(Usd("-8.50"));
        sealedBalances.Aggregate(Usd("0"), (sum, balance) => sum + balance.Balance).ShouldBe(Usd("0"));
        (await PeriodOfAsync(Cost("0.25").ByHand())).ShouldBe(December, "nothing is taken any more, by nobody");
        (await Finance.GetPeriodBalancesAsync(November, Cancellation)).ShouldBe(sealedBalances);
        await ShouldBeRefusedAsync(November, "reopen", "period-in-other-status");
    }

    [Fact]
    public async Task Months_are_closed_in_their_order()
    {
        await PostAsync(Earn("10.00"));
        _world.Time.Advance(TimeSpan.FromDays(31));
        await PostAsync(Earn("5.00", _world.Time.GetUtcNow()));
        _world.Time.Advance(TimeSpan.FromDays(31));

        await ShouldBeRefusedAsync(December, "soft-close", "period-out-of-order");
        await ChangeAsync(November, "soft-close");
        await ChangeAsync(December, "soft-close");
        await ShouldBeRefusedAsync(November, "reopen", "period-out-of-order");
        await ShouldBeRefusedAsync(December, "close", "period-out-of-order");
        await ChangeAsync(November, "close");
        await ChangeAsync(December, "close");

        (await RetainedAsync(November)).ShouldBe(Usd("-10.00"));
        (await RetainedAsync(December)).ShouldBe(Usd("-15.00"));
        (await Finance.GetPeriodsAsync(Cancellation)).Select(period => (period.Period, period.Status))
            .ShouldBe([(November, "closed"), (December, "closed")]);
    }

    [Fact]
    public async Task The_database_itself_takes_nothing_for_a_closed_month_and_opens_none_again()
    {
        await PostAsync(Earn("10.00"));
        _world.Time.Advance(TimeSpan.FromDays(31));
        await ChangeAsync(November, "soft-close");
        await ChangeAsync(November, "close");

        var posted = await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(
            "INSERT INTO entries (id, key, description, effective_at, posted_at, content_hash, period) "
            + "VALUES (gen_random_uuid(), 'late', '', now(), now(), '', '2026-11')"));
        posted.ConstraintName.ShouldBe("entries_period_is_open");
        var reopened = await Should.ThrowAsync<PostgresException>(
            () => ExecuteAsync("UPDATE periods SET status = 'Open'"));
        reopened.SqlState.ShouldBe(PostgresErrorCodes.RestrictViolation);
        var changed = await Should.ThrowAsync<PostgresException>(
            () => ExecuteAsync("UPDATE period_balances SET units = 0"));
        changed.SqlState.ShouldBe(PostgresErrorCodes.RestrictViolation);
    }

    [Fact]
    public async Task A_month_waits_for_an_entry_that_is_being_posted()
    {
        await PostAsync(Earn("10.00"));
        _world.Time.Advance(TimeSpan.FromDays(31));
        await ChangeAsync(November, "soft-close");
        await using var context = await _world.Services
            .GetRequiredService<IDbContextFactory<BillingDbContext>>().CreateDbContextAsync(Cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(Cancellation);
        var late = Cost("4.00").ByHand();
        await _world.Services.GetRequiredService<LedgerStore>().PostAsync(context, [late], Cancellation);

        var closing = ChangeAsync(November, "close");
        await WaitingForTurnAsync();
        await transaction.CommitAsync(Cancellation);
        await closing;

        (await RetainedAsync(November)).ShouldBe(Usd("-6.00"), "what was posted before the close is in it");
    }

    [Fact]
    public async Task Only_finance_closes_months_and_what_is_no_month_is_a_bad_request()
    {
        var renter = _world.ClientOf(_renter, Policies.Renter);
        (await Should.ThrowAsync<ApiProblemException>(() => renter.ChangePeriodAsync(November, "close", Cancellation)))
            .Status.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await Should.ThrowAsync<ApiProblemException>(() => ChangeAsync("2026-13", "close")))
            .Status.ShouldBe(System.Net.HttpStatusCode.BadRequest);
    }

    private BillingClient Finance => _world.Finance();

    private static Entry Earn(string amount, DateTimeOffset? at = null) => Of(
        at ?? InNovember,
        Posting.Debit(Account.ClearingPayments, Usd(amount)), Posting.Credit(Account.RenterFee, Usd(amount)));

    private static Entry Cost(string amount) => Of(
        InNovember,
        Posting.Debit(Account.RefusedWork, Usd(amount)), Posting.Credit(Account.ClearingPayments, Usd(amount)));

    private static Entry Of(DateTimeOffset at, params Posting[] postings) =>
        Entry.Of($"test:{Guid.CreateVersion7()}", "a test", at, null, postings);

    private Task<PeriodView> ChangeAsync(string period, string change) =>
        Finance.ChangePeriodAsync(period, change, Cancellation);

    private async Task ShouldBeRefusedAsync(string period, string change, string code) =>
        (await Should.ThrowAsync<ApiProblemException>(() => ChangeAsync(period, change))).Code.ShouldBe(code);

    private Task<int> PostAsync(params Entry[] entries) =>
        _world.Services.GetRequiredService<BillingTransactions>().RunAsync(
            (context, token) => _world.Services.GetRequiredService<LedgerStore>().PostAsync(context, entries, token),
            Cancellation);

    private async Task<string> PeriodOfAsync(Entry entry)
    {
        await PostAsync(entry);
        return await _world.InDatabaseAsync(context => context.Entries
            .Where(one => one.Key == entry.Key).Select(one => one.Period).SingleAsync(Cancellation));
    }

    private async Task<Money> RetainedAsync(string period) =>
        (await Finance.GetPeriodBalancesAsync(period, Cancellation))
            .Single(balance => balance.Account == Account.Retained.Name).Balance;

    private Task<int> ExecuteAsync(string statement) => _world.InDatabaseAsync(context =>
        context.Database.ExecuteSqlRawAsync(statement, Cancellation));

    private Task WaitingForTurnAsync() => TestKit.Eventually.TrueAsync(() => _world.InDatabaseAsync(async context =>
        (await context.Database.SqlQuery<long>(
            $"""SELECT count(*) AS "Value" FROM pg_locks WHERE locktype = 'advisory' AND NOT granted""")
            .ToListAsync(Cancellation)).Single() > 0));
}
