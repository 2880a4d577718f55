using Marketplace.Billing.Books;
using Marketplace.Billing.Ledger;
using Marketplace.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;
using static Marketplace.Billing.Tests.Pure.Amounts;

namespace Marketplace.Billing.Tests.Service;

public sealed class LedgerStoreTests(BillingWorld world) : IClassFixture<BillingWorld>
{
    private const int Writers = 64;
    private const int PostingsPerWriter = 10;
    private const int Accounts = 8;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_migrated_schema_is_the_models()
    {
        var differences = await SchemaComparison.DifferencesAsync<BillingDbContext>(
            "billing", await world.CreateDatabaseAsync(), await world.CreateDatabaseAsync(),
            options => new BillingDbContext(options), Cancellation);
        differences.Where(line => !line.EndsWith(" TRIGGER", StringComparison.Ordinal)
            && !line.Contains(" TRIGGER ", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_entry_is_posted_once()
    {
        var entry = Fund(NewRenter(), "10.00");
        (await PostAsync(entry)).ShouldBe(1);
        (await PostAsync(entry)).ShouldBe(0);
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_an_alarm_and_posts_nothing()
    {
        var renter = NewRenter();
        var entry = Fund(renter, "10.00");
        await PostAsync(entry);
        var other = Entry.Of(
            entry.Key, "another", entry.EffectiveAt, null,
            Posting.Debit(Account.ClearingPayments, Usd("11.00")),
            Posting.Credit(Account.RenterBalance(renter), Usd("11.00")));
        await Should.ThrowAsync<LedgerConflictException>(() => PostAsync(other));
        (await BalanceAsync(renter)).ShouldBe(Usd("-10.00"));
    }

    [Fact]
    public async Task A_guarded_account_is_never_overdrawn()
    {
        var renter = NewRenter();
        await PostAsync(Fund(renter, "10.00"));
        var refused = await Should.ThrowAsync<BusinessRuleException>(
            () => PostAsync(Move(renter, NewRenter(), "10.00000001")));
        refused.Code.ShouldBe("funds-insufficient");
        await PostAsync(Move(renter, NewRenter(), "10.00"));
        (await BalanceAsync(renter)).ShouldBe(Usd("0"));
    }

    [Theory]
    [InlineData("UPDATE entries SET description = 'changed'")]
    [InlineData("DELETE FROM entries")]
    [InlineData("TRUNCATE entries")]
    [InlineData("UPDATE postings SET units = 0")]
    [InlineData("DELETE FROM postings")]
    [InlineData("UPDATE documents SET total_units = 0")]
    [InlineData("DELETE FROM document_lines")]
    [InlineData("DELETE FROM journal_places")]
    [InlineData("UPDATE journal_blocks SET hash = ''")]
    public async Task What_is_written_is_never_changed(string statement)
    {
        await PostAsync(Fund(NewRenter(), "1.00"));
        var refused = await Should.ThrowAsync<PostgresException>(() => world.InDatabaseAsync(context =>
            context.Database.ExecuteSqlRawAsync(statement, Cancellation)));
        refused.SqlState.ShouldBe(PostgresErrorCodes.RestrictViolation);
    }

    [Theory]
    [InlineData("INSERT INTO entries (id, key, description, effective_at, posted_at, content_hash, period) "
        + "VALUES (gen_random_uuid(), 'empty', '', now(), now(), '', '2026-11')")]
    [InlineData("INSERT INTO postings SELECT id, 99, 'Liabilities:Suspense', 'USD', -1 FROM entries LIMIT 1")]
    [InlineData("INSERT INTO postings VALUES (gen_random_uuid(), 1, 'Liabilities:Suspense', 'USD', 0)")]
    [InlineData("INSERT INTO postings SELECT id, line, 'Liabilities:Suspense', 'USD', 183 - 2 * line "
        + "FROM entries, generate_series(91, 92) AS line WHERE sequence = (SELECT min(sequence) FROM entries)")]
    public async Task The_database_itself_refuses_what_does_not_balance(string statement)
    {
        await PostAsync(Fund(NewRenter(), "1.00"));
        var refused = await Should.ThrowAsync<PostgresException>(() => world.InDatabaseAsync(context =>
            context.Database.ExecuteSqlRawAsync(statement, Cancellation)));
        refused.ConstraintName.ShouldBe("entries_balance");
    }

    [Theory]
    [InlineData("Liabilities:Renter:B1:Balance")]
    [InlineData("Liabilities:Held:C1")]
    [InlineData("Liabilities:Seller:S1:Accrued")]
    [InlineData("Liabilities:Seller:S1:Payable")]
    [InlineData("Liabilities:Seller:S1:Reserve")]
    [InlineData("Assets:Clearing:Payments")]
    [InlineData("Liabilities:Suspense")]
    public async Task Code_and_database_guard_the_same_accounts(string account)
    {
        var isGuarded = await world.InDatabaseAsync(context => context.Database
            .SqlQuery<bool>($"""SELECT is_guarded({account}) AS "Value" """).ToListAsync(Cancellation));
        isGuarded.Single().ShouldBe(Account.Named(account).IsGuarded);
    }

    [Fact]
    public async Task Money_is_neither_made_nor_lost_between_many_writers()
    {
        var renters = Enumerable.Range(0, Accounts).Select(_ => NewRenter()).ToArray();
        foreach (var renter in renters)
        {
            await PostAsync(Fund(renter, "100.00"));
        }

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(renters, new Random(writer))));

        var balances = await Task.WhenAll(renters.Select(BalanceAsync));
        balances.ShouldAllBe(balance => balance <= Usd("0"));
        balances.Aggregate(Usd("0"), (sum, balance) => sum + balance).ShouldBe(Usd("-800.00"));
        (await world.Finance().GetTrialBalanceAsync(Cancellation)).Accounts
            .Aggregate(Usd("0"), (sum, account) => sum + account.Balance).ShouldBe(Usd("0"));
    }

    /// <summary>Only a lack of funds may be answered; an order the database could not keep is never seen.</summary>
    private async Task WriteAsync(OrganisationId[] renters, Random random)
    {
        for (var posting = 0; posting < PostingsPerWriter; posting++)
        {
            var from = random.Next(Accounts);
            var to = (from + random.Next(1, Accounts)) % Accounts;
            try
            {
                await PostAsync(Move(renters[from], renters[to], "40.00"));
            }
            catch (BusinessRuleException lack) when (lack.Code == "funds-insufficient")
            {
                continue;
            }
        }
    }

    private Task<int> PostAsync(params Entry[] entries) =>
        world.Services.GetRequiredService<BillingTransactions>().RunAsync(
            (context, token) => world.Services.GetRequiredService<LedgerStore>().PostAsync(context, entries, token),
            Cancellation);

    private Task<Money> BalanceAsync(OrganisationId renter) => world.InDatabaseAsync(async context =>
    {
        var account = Account.RenterBalance(renter).Name;
        var units = await context.Set<GuardedBalance>().Where(balance => balance.Account == account)
            .Select(balance => balance.Units).SingleAsync(Cancellation);
        var postings = await context.Postings.Where(posting => posting.Account == account).ToListAsync(Cancellation);
        postings.Aggregate((Int128)0, (sum, posting) => sum + posting.Units).ShouldBe(units);
        return new Money(units, Currency.Usd);
    });

    private OrganisationId NewRenter() => TypedId.New<OrganisationId>(world.Time);

    private Entry Fund(OrganisationId renter, string amount) => Entry.Of(
        EntryKey.Payment(Guid.CreateVersion7().ToString()), "a test", world.Time.GetUtcNow(), null,
        Posting.Debit(Account.ClearingPayments, Usd(amount)),
        Posting.Credit(Account.RenterBalance(renter), Usd(amount)));

    private Entry Move(OrganisationId from, OrganisationId to, string amount) => Entry.Of(
        $"move:{Guid.CreateVersion7()}", "a test", world.Time.GetUtcNow(), null,
        Posting.Debit(Account.RenterBalance(from), Usd(amount)),
        Posting.Credit(Account.RenterBalance(to), Usd(amount)));
}
