using Marketplace.Billing.Ledger;
using Shouldly;
using Xunit;

namespace Marketplace.Billing.Tests.Pure;

public sealed class CentSummaryTests
{
    private const int Steps = 200;

    [Fact]
    public void What_is_told_balances_and_never_drifts_from_the_books()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var accounts = ChartOfAccounts.All.ToArray();
            var summary = new CentSummary(Currency.Usd);
            var (books, told) = (new Dictionary<ControlAccount, Money>(), new Dictionary<ControlAccount, Money>());
            for (var step = 0; step < Steps; step++)
            {
                var (from, to) = (accounts[random.Next(accounts.Length)], accounts[random.Next(accounts.Length)]);
                var amount = new Money(random.NextInt64(10_000_000_000), Currency.Usd);
                foreach (var (account, moved) in new[] { (from, -amount), (to, amount) })
                {
                    summary.Add(account, moved);
                    books[account] = books.GetValueOrDefault(account, Money.Zero(Currency.Usd)) + moved;
                }

                if (random.Next(10) == 0)
                {
                    Tell(summary, told);
                }
            }

            Tell(summary, told);
            foreach (var (account, balance) in books.Where(one => one.Key != ChartOfAccounts.Rounding))
            {
                told.GetValueOrDefault(account, Money.Zero(Currency.Usd)).ShouldBe(balance.RoundToMinor());
            }

            summary.Cut().ShouldBeEmpty();
        }
    }

    [Fact]
    public void Another_currency_is_left_out()
    {
        var summary = new CentSummary(Currency.Usd);
        summary.Add(ChartOfAccounts.Rounding, Money.FromMinor(100, Currency.Eur));
        summary.Cut().ShouldBeEmpty();
    }

    [Fact]
    public void Codes_and_names_of_the_chart_are_unique()
    {
        ChartOfAccounts.All.Select(account => account.Code).ShouldBeUnique();
        ChartOfAccounts.All.Select(account => account.Name).ShouldBeUnique();
    }

    private static void Tell(CentSummary summary, Dictionary<ControlAccount, Money> told)
    {
        var lines = summary.Cut();
        lines.Aggregate(Money.Zero(Currency.Usd), (sum, line) => sum + line.Amount).IsZero.ShouldBeTrue();
        foreach (var (account, amount) in lines)
        {
            amount.RoundToMinor().ShouldBe(amount);
            told[account] = told.GetValueOrDefault(account, Money.Zero(Currency.Usd)) + amount;
        }
    }
}
