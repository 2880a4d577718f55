using System.Security.Cryptography;
using System.Text.Json;
using Marketplace.Billing.Books;
using Marketplace.Billing.Journal;
using Marketplace.Billing.Ledger;
using Marketplace.Client;
using Marketplace.Client.Billing;
using Marketplace.ServiceDefaults.Security;
using Marketplace.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using static Marketplace.Billing.Tests.Pure.Amounts;

namespace Marketplace.Billing.Tests.Service;

/// <summary>The chain of the books in a real database, read and verified as an accountant does.</summary>
public sealed class JournalTests(BillingWorld world) : IClassFixture<BillingWorld>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private LedgerStore Ledger => world.Services.GetRequiredService<LedgerStore>();

    [Fact]
    public async Task What_is_posted_is_sealed_by_itself_and_the_whole_of_it_holds()
    {
        var contract = await world.StartAsync();
        await world.MeterAsync(contract, 0, 60_000_000_000);
        await SealedAsync(await PostAsync("1.00"));

        using var verifier = await VerifyAsync();

        verifier.Findings.ShouldBeEmpty();
        verifier.Head!.Number.ShouldBeGreaterThan(0);
        var head = await world.ClientOf(contract.Renter, Policies.Renter).GetJournalHeadAsync(Cancellation);
        head.Number.ShouldBeGreaterThanOrEqualTo(verifier.Head.Number);
    }

    [Fact]
    public async Task An_entry_with_a_lower_number_that_is_committed_later_is_not_left_out()
    {
        await using var slow = await world.Services.GetRequiredService<IDbContextFactory<BillingDbContext>>()
            .CreateDbContextAsync(Cancellation);
        await using var transaction = await slow.Database.BeginTransactionAsync(Cancellation);
        var early = Fund("1.00");
        await Ledger.PostAsync(slow, [early], Cancellation);
        var late = await PostAsync("2.00");

        await SealNowAsync();
        (await IsSealedAsync(late)).ShouldBeFalse("whoever began before it is not done yet");
        await transaction.CommitAsync(Cancellation);

        await SealedAsync(early.Key);
        await SealedAsync(late);
        using var verifier = await VerifyAsync();
        verifier.Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("3")]
    [InlineData("9000000000000000000")]
    public async Task Books_from_another_server_are_sealed_and_so_is_what_comes_after_them(string transactionId)
    {
        var (id, key) = (Guid.CreateVersion7(), $"restored:{transactionId}");
        await world.InDatabaseAsync(async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Cancellation);
            await context.Database.ExecuteSqlAsync(
                $"""
                SET LOCAL session_replication_role = 'replica';
                INSERT INTO entries
                    (id, key, description, effective_at, posted_at, content_hash, period, transaction_id)
                    VALUES ({id}, {key}, '', now(), now(), '', '2026-11', CAST({transactionId} AS xid8));
                INSERT INTO postings VALUES
                    ({id}, 1, 'Assets:Clearing:Payments', 'USD', 1), ({id}, 2, 'Liabilities:Suspense', 'USD', -1);
                """,
                Cancellation);
            await transaction.CommitAsync(Cancellation);
            return true;
        });
        var restarted = ActivatorUtilities.CreateInstance<BlockSealer>(world.Services);

        await Eventually.TrueAsync(async () =>
        {
            await restarted.SealAsync(Cancellation);
            return await IsSealedAsync(key);
        });

        var late = await PostAsync("6.00");
        await Eventually.TrueAsync(async () =>
        {
            await restarted.SealAsync(Cancellation);
            return await IsSealedAsync(late);
        });
        using var verifier = await VerifyAsync();
        verifier.Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("UPDATE postings SET units = units * 2 WHERE entry_id = {0}")]
    [InlineData("UPDATE entries SET description = 'another' WHERE id = {0}")]
    [InlineData("DELETE FROM postings WHERE entry_id = {0}")]
    [InlineData("UPDATE guarded_balances SET units = units - 1 "
        + "WHERE account = (SELECT account FROM postings WHERE entry_id = {0} AND line = 2)")]
    public async Task What_somebody_with_all_rights_changes_in_the_database_is_found(string statement)
    {
        var key = await PostAsync("3.00");
        await SealedAsync(key);
        using var before = await VerifyAsync();
        before.Findings.ShouldBeEmpty();
        var entry = await world.InDatabaseAsync(context => context.Entries.SingleAsync(one => one.Key == key));

        await world.InDatabaseAsync(async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Cancellation);
            await context.Database.ExecuteSqlRawAsync("SET LOCAL session_replication_role = 'replica'", Cancellation);
            await context.Database.ExecuteSqlRawAsync(statement, [entry.Id.Value], Cancellation);
            using var after = await VerifyAsync(context);
            after.Findings.ShouldNotBeEmpty();
            return true;
        });
    }

    [Fact]
    public async Task Every_block_is_in_the_head_file_and_a_cut_line_is_mended()
    {
        await SealedAsync(await PostAsync("4.00"));
        await SealedAsync(await PostAsync("5.00"));
        await Eventually.TrueAsync(async () => (await HeadLinesAsync()).Count == await BlocksAsync());
        var lines = await HeadLinesAsync();
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, lines[0] + "\n" + lines[1][..20], Cancellation);

        await FileAt(path).CatchUpAsync(Cancellation);

        var mended = await File.ReadAllLinesAsync(path, Cancellation);
        mended[..lines.Count].ShouldBe(lines);
        mended.Select(line => JsonSerializer.Deserialize<JournalBlock>(line, ApiChannel.Json)!.Number)
            .ShouldBe(Enumerable.Range(1, mended.Length).Select(number => (long)number));
        var other = JsonSerializer.Deserialize<JournalBlock>(lines[0], ApiChannel.Json)! with
        {
            Hash = JournalBlock.NoHash,
        };
        string[] forked = [JsonSerializer.Serialize(other, ApiChannel.Json)];
        await File.WriteAllLinesAsync(path, forked, Cancellation);
        await FileAt(path).CatchUpAsync(Cancellation);
        (await File.ReadAllLinesAsync(path, Cancellation)).ShouldBe(forked, "another history is left as it is");
        File.Delete(path);
    }

    [Fact]
    public async Task Only_finance_reads_the_journal_and_a_block_that_is_not_there_is_said_to_be()
    {
        var renter = world.ClientOf(TypedId.New<OrganisationId>(world.Time), Policies.Renter);
        (await Should.ThrowAsync<ApiProblemException>(async () =>
        {
            await foreach (var _ in renter.ReadJournalAsync(Cancellation))
            {
            }
        })).Status.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await Should.ThrowAsync<ApiProblemException>(
            () => world.Finance().GetJournalBalancesAsync(1_000_000, Cancellation))).Code.ShouldBe("block-not-found");
    }

    private HeadFile FileAt(string path) => ActivatorUtilities.CreateInstance<HeadFile>(
        world.Services, Microsoft.Extensions.Options.Options.Create(new JournalOptions { HeadFile = path }));

    private Entry Fund(string amount) => Entry.Of(
        EntryKey.Payment(Guid.CreateVersion7().ToString()), "a test", world.Time.GetUtcNow(), null,
        Posting.Debit(Account.ClearingPayments, Usd(amount)),
        Posting.Credit(Account.RenterBalance(TypedId.New<OrganisationId>(world.Time)), Usd(amount)));

    private async Task<string> PostAsync(string amount)
    {
        var entry = Fund(amount);
        await world.Services.GetRequiredService<BillingTransactions>().RunAsync(
            (context, token) => Ledger.PostAsync(context, [entry], token), Cancellation);
        return entry.Key;
    }

    private Task<JournalBlock?> SealNowAsync() =>
        world.Services.GetRequiredService<BlockSealer>().SealAsync(Cancellation);

    private Task<bool> IsSealedAsync(string key) => world.InDatabaseAsync(context => context.Entries.AnyAsync(
        entry => entry.Key == key && context.Places.Any(place => place.EntryId == entry.Id), Cancellation));

    private Task SealedAsync(string key) => Eventually.TrueAsync(() => IsSealedAsync(key));

    private Task<long> BlocksAsync() => world.InDatabaseAsync(context => context.Blocks.LongCountAsync(Cancellation));

    private async Task<List<string>> HeadLinesAsync() =>
        File.Exists(world.HeadFile) ? [.. await File.ReadAllLinesAsync(world.HeadFile, Cancellation)] : [];

    private ECDsa Key()
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(
            world.Services.GetRequiredService<PayloadVerifier>().PublicKeyOf("billing"), out _);
        return key;
    }

    private async Task<JournalVerifier> VerifyAsync()
    {
        using var key = Key();
        var verifier = new JournalVerifier(key);
        var finance = world.Finance();
        await foreach (var line in finance.ReadJournalAsync(Cancellation))
        {
            verifier.Add(line);
        }

        verifier.Close(await finance.GetJournalBalancesAsync(verifier.Head!.Number, Cancellation));
        return verifier;
    }

    /// <summary>As one transaction sees it, which is rolled back afterwards.</summary>
    private static async Task<JournalVerifier> VerifyAsync(BillingDbContext context)
    {
        var verifier = new JournalVerifier();
        foreach (var block in await context.Blocks.AsNoTracking().OrderBy(one => one.Number).ToListAsync(Cancellation))
        {
            foreach (var entry in await JournalRows.ReadAsync(
                context, block.FirstPosition, block.EntryCount, Cancellation))
            {
                verifier.Add(new JournalLine(entry, null));
            }

            verifier.Add(new JournalLine(null, block.ToView()));
        }

        verifier.Close(await ShowJournalBalances.ReadAsync(context, verifier.Head!.Number, Cancellation));
        return verifier;
    }
}
