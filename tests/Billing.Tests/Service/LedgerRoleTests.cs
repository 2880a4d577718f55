using Marketplace.Billing.Books;
using Marketplace.Billing.Ledger;
using Marketplace.Billing.Periods;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shouldly;
using Xunit;
using static Marketplace.Billing.Tests.Pure.Amounts;

namespace Marketplace.Billing.Tests.Service;

/// <summary>The books under a role of their own, as they run where every service has one.</summary>
public sealed class LedgerRoleTests(BillingWorld world) : IClassFixture<BillingWorld>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_services_own_role_may_add_to_the_books_and_not_change_them()
    {
        var database = await world.CreateDatabaseAsync();
        var role = $"role_{Guid.CreateVersion7():N}";
        await using var superuser = ContextOf(database);
        await ExecuteAsync(superuser, $"CREATE ROLE {role}; GRANT ALL ON SCHEMA public TO {role}");
        try
        {
            await using var context = ContextOf($"{database};Options=-c role={role}");
            await context.Database.MigrateAsync(Cancellation);
            await using (var transaction = await context.Database.BeginTransactionAsync(Cancellation))
            {
                var ledger = new LedgerStore(
                    world.Services.GetRequiredService<PeriodClock>(), world.Time, NullLogger<LedgerStore>.Instance);
                (await ledger.PostAsync(context, [Fund()], Cancellation)).ShouldBe(1);
                await transaction.CommitAsync(Cancellation);
            }

            string[] tables =
                ["entries", "postings", "documents", "document_lines", "journal_places", "journal_blocks",
                    "period_balances"];
            foreach (var table in tables)
            {
                var refused = await Should.ThrowAsync<PostgresException>(
                    () => ExecuteAsync(context, $"DELETE FROM {table}"));
                refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
            }
        }
        finally
        {
            await ExecuteAsync(superuser, $"DROP OWNED BY {role} CASCADE; DROP ROLE {role}");
        }
    }

    private Entry Fund() => Entry.Of(
        EntryKey.Payment("pi_1"), "a test", world.Time.GetUtcNow(), null,
        Posting.Debit(Account.ClearingPayments, Usd("1.00")),
        Posting.Credit(Account.RenterBalance(TypedId.New<OrganisationId>(world.Time)), Usd("1.00")));

    private static BillingDbContext ContextOf(string connectionString) =>
        new(new DbContextOptionsBuilder<BillingDbContext>().UseNpgsql(connectionString).Options);

    private static Task<int> ExecuteAsync(BillingDbContext context, string statement) =>
        context.Database.ExecuteSqlRawAsync(statement, Cancellation);
}
