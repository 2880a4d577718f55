using System.Globalization;
using Marketplace.Client;
using Marketplace.Client.Billing;
using Marketplace.ServiceDefaults.Security;
using Marketplace.TestKit;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using static Marketplace.Billing.Tests.Pure.Amounts;

namespace Marketplace.Billing.Tests.Service;

/// <summary>Two contracts over two months, exported in every format and read by programs nobody here wrote.</summary>
public sealed class ExportTests(ExportWorld world) : IClassFixture<ExportWorld>
{
    private const string BeanCheck = "bean-check";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("2026-11")]
    [InlineData("2026-12")]
    public async Task Hledger_takes_the_journal_and_comes_to_the_balances_of_the_books(string? period)
    {
        var file = await ExportAsync("hledger", period);
        (await HledgerJournal.ComplaintAsync(file)).ShouldBeEmpty();

        // Without its last posting before the assertions the file must not hold.
        var lines = file.Split('\n').ToList();
        lines.RemoveRange(lines.FindIndex(line => line.Contains("accrual:", StringComparison.Ordinal)), 5);
        (await HledgerJournal.ComplaintAsync(string.Join('\n', lines))).ShouldContain("assertion");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2026-12")]
    public async Task Beancount_takes_it_too(string? period)
    {
        var file = await ExportAsync("beancount", period);
        (await Bookkeeper.ComplaintAsync(BeanCheck, [], file)).ShouldBeEmpty();
        var lines = file.Split('\n').ToList();
        lines.RemoveRange(lines.FindIndex(line => line.Contains("accrual:", StringComparison.Ordinal)), 6);
        (await Bookkeeper.ComplaintAsync(BeanCheck, [], string.Join('\n', lines))).ShouldContain("Balance failed");
    }

    [Fact]
    public async Task Every_posting_is_a_line_of_the_list()
    {
        var lines = Lines(await ExportAsync("csv", null));
        var postings = await world.Billing.InDatabaseAsync(context => context.Postings.CountAsync(Cancellation));
        lines.Count.ShouldBe(postings + 1);
        lines.ShouldAllBe(line => line.Split(',').Length == lines[0].Split(',').Length);
        Lines(await ExportAsync("csv", "2026-11")).Count.ShouldBeLessThan(lines.Count);
    }

    [Fact]
    public async Task A_description_is_no_formula_and_breaks_no_line()
    {
        var line = Lines(await ExportAsync("csv", null)).Single(one =>
            one.Contains("HYPERLINK", StringComparison.Ordinal) && one.Contains("Suspense", StringComparison.Ordinal));
        line.ShouldContain("\"'=HYPERLINK(\"\"https://evil.example\"\"); and a new\nline\"");
    }

    [Fact]
    public async Task QuickBooks_gets_balanced_days_in_cents_that_come_to_the_rounded_balances()
    {
        var sums = new Dictionary<string, decimal>();
        var transaction = 0m;
        foreach (var fields in Lines(await ExportAsync("quickbooks", null)).Select(line => line.Split('\t')))
        {
            if (fields[0] is "TRNS" or "SPL")
            {
                var amount = decimal.Parse(fields[4], CultureInfo.InvariantCulture);
                decimal.Round(amount, 2).ShouldBe(amount);
                transaction += amount;
                sums[fields[3]] = sums.GetValueOrDefault(fields[3]) + amount;
            }
            else if (fields[0] == "ENDTRNS")
            {
                transaction.ShouldBe(0);
            }
        }

        await ShouldBeTheBooksAsync(sums, fields => fields.Name);
    }

    [Fact]
    public async Task Xero_gets_one_balanced_journal_a_month()
    {
        var sums = new Dictionary<string, decimal>();
        var months = new Dictionary<string, decimal>();
        foreach (var fields in Lines(await ExportAsync("xero", null)).Skip(1).Select(line => line.Split(',')))
        {
            var amount = decimal.Parse(fields[^1], CultureInfo.InvariantCulture);
            months[fields[0]] = months.GetValueOrDefault(fields[0]) + amount;
            sums[fields[^3]] = sums.GetValueOrDefault(fields[^3]) + amount;
        }

        months.Keys.ShouldBe(["\"Marketplace journal 2026-11\"", "\"Marketplace journal 2026-12\""]);
        months.Values.ShouldAllBe(sum => sum == 0);
        await ShouldBeTheBooksAsync(sums, control => control.Code);
    }

    [Fact]
    public async Task Month_by_month_comes_to_the_same_as_all_at_once()
    {
        async Task<List<string>> TransactionsAsync(string? period) =>
            [.. Lines(await ExportAsync("xero", period)).Skip(1)];
        var both = (await TransactionsAsync("2026-11")).Concat(await TransactionsAsync("2026-12"));
        both.ShouldBe(await TransactionsAsync(null));
    }

    [Fact]
    public async Task Only_finance_exports_and_a_format_nobody_knows_is_said_to_be()
    {
        (await Should.ThrowAsync<ApiProblemException>(() => ExportAsync("sap", null))).Code.ShouldBe("format-unknown");
        var renter = world.Billing.ClientOf(TypedId.New<OrganisationId>(world.Billing.Time), Policies.Renter);
        (await Should.ThrowAsync<ApiProblemException>(() => renter.ExportJournalAsync("csv", null, Cancellation)))
            .Status.ShouldBe(System.Net.HttpStatusCode.Forbidden);
    }

    private async Task ShouldBeTheBooksAsync(
        Dictionary<string, decimal> sums, Func<Ledger.ControlAccount, string> nameOf)
    {
        var books = await world.Billing.Finance().GetTrialBalanceAsync(Cancellation);
        var controls = books.Accounts.GroupBy(balance => Ledger.ChartOfAccounts.Find(balance.Account)!);
        foreach (var control in controls.Where(one => one.Key != Ledger.ChartOfAccounts.Rounding))
        {
            var balance = control.Aggregate(Usd("0"), (sum, one) => sum + one.Balance).RoundToMinor();
            sums.GetValueOrDefault(nameOf(control.Key)).ShouldBe(balance.ToMinor() / 100m, control.Key.Name);
        }
    }

    private async Task<string> ExportAsync(string format, string? period)
    {
        await using var stream = await world.Billing.Finance().ExportJournalAsync(format, period, Cancellation);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancellation);
    }

    private static List<string> Lines(string file) => [.. file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];
}

/// <summary>A contract that was settled in November, one that runs into December, and an entry by hand.</summary>
public sealed class ExportWorld : IAsyncLifetime
{
    private const ulong HashesPerMinute = 58_400_000_007;
    private const int Minutes = 90;

    public BillingWorld Billing { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Billing.InitializeAsync();
        await LiveAsync();
        Billing.Time.Advance(TimeSpan.FromDays(32));
        await LiveAsync();
        var proposal = await Billing.Finance().ProposeEntryAsync(
            new ProposeEntry(
                "=HYPERLINK(\"https://evil.example\"); and a new\nline",
                Billing.Time.GetUtcNow(),
                [new LedgerPosting("Liabilities:Suspense", Usd("1")), new LedgerPosting("Equity:Capital", -Usd("1"))]),
            Cancellation);
        await Billing.Finance().ApproveProposalAsync(proposal.Id, Cancellation);
        await Eventually.TrueAsync(() => Billing.InDatabaseAsync(async context =>
            await context.Entries.CountAsync(Cancellation) == await context.Places.CountAsync(Cancellation)));
    }

    public ValueTask DisposeAsync() => Billing.DisposeAsync();

    private async Task LiveAsync()
    {
        var contract = await Billing.StartAsync();
        Billing.Time.Advance(TimeSpan.FromMinutes(Minutes + 1));
        for (var minute = 0; minute < Minutes; minute++)
        {
            await Billing.MeterAsync(contract, minute, HashesPerMinute);
        }

        Billing.Time.Advance(TimeSpan.FromHours(11));
        await Billing.CloseNodesAsync(contract);
        await Billing.SettledAsync(contract);
        await Billing.RefundedAsync(contract);
    }
}
