using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Marketplace.Billing.Books;
using Marketplace.Billing.Ledger;
using Marketplace.Client.Billing;
using Marketplace.ServiceDefaults.Security;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Periods;

/// <summary>Closes months in their order: softly, so that finance can look and correct, and then for good.</summary>
internal sealed class PeriodCloser(
    BillingTransactions transactions,
    LedgerStore ledger,
    PeriodClock clock,
    PayloadSigner signer,
    TimeProvider time)
{
    /// <summary>As whom balances are signed.</summary>
    private const string Signer = "billing";

    /// <exception cref="BusinessRuleException">
    /// <c>period-not-over</c>, <c>period-out-of-order</c>, <c>period-in-other-status</c>
    /// </exception>
    public Task<BookedPeriod> SoftCloseAsync(Period period, AccountId by, CancellationToken cancellationToken) =>
        ChangeAsync(
            period,
            async (context, booked, token) =>
            {
                await RequireEarlierAsync(context, period, one => one.Status == PeriodStatus.Open, token);
                booked.SoftClose(by, time.GetUtcNow());
            },
            cancellationToken);

    /// <summary>Takes back a soft close; the last one first.</summary>
    /// <exception cref="BusinessRuleException"><c>period-out-of-order</c>, <c>period-in-other-status</c></exception>
    public Task<BookedPeriod> ReopenAsync(Period period, CancellationToken cancellationToken) => ChangeAsync(
        period,
        async (context, booked, token) =>
        {
            var periods = await context.Periods.AsNoTracking().ToListAsync(token);
            if (periods.Exists(later => Period.Parse(later.Period) > period && later.Status != PeriodStatus.Open))
            {
                throw OutOfOrder($"A month after {period} is closed already.");
            }

            booked.Reopen();
        },
        cancellationToken);

    /// <summary>Posts the month's result, seals its balances, and takes no entry for it any more.</summary>
    /// <exception cref="BusinessRuleException"><c>period-out-of-order</c>, <c>period-in-other-status</c></exception>
    public Task<BookedPeriod> CloseAsync(Period period, AccountId by, CancellationToken cancellationToken) =>
        ChangeAsync(
            period,
            async (context, booked, token) =>
            {
                await RequireEarlierAsync(context, period, one => one.Status != PeriodStatus.Closed, token);
                await PostResultAsync(context, period, token);
                var balances = await BalancesAsync(context, period, token);
                context.PeriodBalances.AddRange(balances.Select(balance => PeriodBalance.Of(period, balance)));
                var now = time.GetUtcNow();
                var block = await context.Blocks.MaxAsync(one => (long?)one.Number, token);
                booked.Close(by, now, Seal(period, balances, block, now));
            },
            cancellationToken);

    private Task<BookedPeriod> ChangeAsync(
        Period period,
        Func<BillingDbContext, BookedPeriod, CancellationToken, Task> change,
        CancellationToken cancellationToken)
    {
        if (clock.CutOff(period) > time.GetUtcNow())
        {
            throw new BusinessRuleException("period-not-over", $"{period} is not over yet.");
        }

        return transactions.RunAsync(
            async (context, token) =>
            {
                await PeriodTurns.TakeToCloseAsync(context, token);
                var name = period.ToString();
                var booked = await context.Periods.SingleOrDefaultAsync(one => one.Period == name, token);
                if (booked is null)
                {
                    context.Periods.Add(booked = new BookedPeriod { Period = name });
                }

                await change(context, booked, token);
                return booked;
            },
            cancellationToken);
    }

    /// <summary>Every earlier month that has entries is at least as far.</summary>
    private static async Task RequireEarlierAsync(
        BillingDbContext context,
        Period period,
        Func<BookedPeriod, bool> isBehind,
        CancellationToken cancellationToken)
    {
        var used = await context.Database.SqlQuery<string>(
            $"""SELECT DISTINCT period AS "Value" FROM entries WHERE period < {period.ToString()}""")
            .ToListAsync(cancellationToken);
        var booked = await context.Periods.AsNoTracking().ToDictionaryAsync(one => one.Period, cancellationToken);
        var behind = used.Order(StringComparer.Ordinal).FirstOrDefault(
            earlier => !booked.TryGetValue(earlier, out var one) || isBehind(one));
        if (behind is not null)
        {
            throw OutOfOrder($"{behind} comes before {period}.");
        }
    }

    private async Task PostResultAsync(
        BillingDbContext context, Period period, CancellationToken cancellationToken)
    {
        var balances = (await BalancesAsync(context, period, cancellationToken))
            .Where(balance => PeriodResult.IsOfResult(balance.Account))
            .Select(balance => (Account.Named(balance.Account), balance.Balance))
            .ToList();
        if (PeriodResult.Of(period, balances, clock.CutOff(period).AddMicroseconds(-1)) is { } result)
        {
            await ledger.PostAsync(context, [result], cancellationToken);
        }
    }

    private static Task<List<AccountBalance>> BalancesAsync(
        BillingDbContext context, Period period, CancellationToken cancellationToken) => AccountSums.ReadAsync(
        context,
        $"""
        SELECT posting.account, posting.currency::text, sum(posting.units) AS units
        FROM postings posting JOIN entries entry ON entry.id = posting.entry_id
        WHERE entry.period <= {period.ToString()}
        GROUP BY 1, 2 HAVING sum(posting.units) <> 0 ORDER BY 1, 2
        """,
        cancellationToken);

    private SealedBalances Seal(
        Period period, List<AccountBalance> balances, long? blockNumber, DateTimeOffset at)
    {
        // The database's own order depends on how it was set up.
        var lines = balances.Select(balance => string.Create(
            CultureInfo.InvariantCulture, $"{balance.Account} {balance.Balance.Currency} {balance.Balance.Units}\n"))
            .Order(StringComparer.Ordinal);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
        var signed = string.Create(
            CultureInfo.InvariantCulture, $"{period} {hash} {blockNumber ?? 0} {at.ToUnixTimeMilliseconds()}");
        var signature = signer.Sign(Signer, Encoding.UTF8.GetBytes(signed));
        return new SealedBalances(hash, Convert.ToHexStringLower(signature), blockNumber);
    }

    private static BusinessRuleException OutOfOrder(string reason) =>
        new("period-out-of-order", $"Months are closed one after the other. {reason}");
}
