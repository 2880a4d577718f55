using Marketplace.Billing.Ledger;
using Marketplace.Client.Billing;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Periods;

internal static class PeriodEndpoints
{
    public static void MapPeriods(this IEndpointRouteBuilder routes)
    {
        var periods = routes.MapGroup("/ledger/periods").RequireAuthorization(Policies.Finance);
        periods.MapGet("", ListAsync)
            .WithName("listPeriods")
            .WithSummary("Every month that has entries, and how far it is closed.");
        periods.MapGet("/{period}/balances", ShowBalancesAsync)
            .WithName("showPeriodBalances")
            .WithSummary("The trial balance that was sealed when a month was closed.");
        periods.MapPost("/{period}/soft-close", SoftCloseAsync)
            .WithName("softClosePeriod")
            .WithSummary("From now on late facts go to the next month; entries by hand are still taken.");
        periods.MapPost("/{period}/reopen", ReopenAsync)
            .WithName("reopenPeriod")
            .WithSummary("Takes back a soft close.");
        periods.MapPost("/{period}/close", CloseAsync)
            .WithName("closePeriod")
            .WithSummary("Posts the month's result, seals its trial balance, and takes nothing any more.");
    }

    private static async Task<Ok<IReadOnlyList<PeriodView>>> ListAsync(
        BillingDbContext context, CancellationToken cancellationToken)
    {
        var used = await context.Database
            .SqlQuery<string>($"""SELECT DISTINCT period AS "Value" FROM entries""").ToListAsync(cancellationToken);
        var booked = await context.Periods.AsNoTracking().ToDictionaryAsync(one => one.Period, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<PeriodView>>(
        [
            .. used.Union(booked.Keys).Order(StringComparer.Ordinal).Select(period => ToView(
                booked.GetValueOrDefault(period) ?? new BookedPeriod { Period = period })),
        ]);
    }

    private static async Task<Ok<IReadOnlyList<AccountBalance>>> ShowBalancesAsync(
        Period period, BillingDbContext context, CancellationToken cancellationToken)
    {
        var name = period.ToString();
        if (!await context.Periods.AnyAsync(
            one => one.Period == name && one.Status == PeriodStatus.Closed, cancellationToken))
        {
            throw BusinessRuleException.NotFound("closed-period");
        }

        var balances = await context.PeriodBalances.AsNoTracking().Where(balance => balance.Period == name)
            .OrderBy(balance => balance.Account).ThenBy(balance => balance.Currency)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<AccountBalance>>(balances.ConvertAll(balance =>
            new AccountBalance(balance.Account, new Money(balance.Units, balance.Currency))));
    }

    private static async Task<Ok<PeriodView>> SoftCloseAsync(
        Period period, Caller caller, PeriodCloser closer, CancellationToken cancellationToken) =>
        TypedResults.Ok(ToView(await closer.SoftCloseAsync(period, caller.AccountId, cancellationToken)));

    private static async Task<Ok<PeriodView>> ReopenAsync(
        Period period, PeriodCloser closer, CancellationToken cancellationToken) =>
        TypedResults.Ok(ToView(await closer.ReopenAsync(period, cancellationToken)));

    private static async Task<Ok<PeriodView>> CloseAsync(
        Period period, Caller caller, PeriodCloser closer, CancellationToken cancellationToken) =>
        TypedResults.Ok(ToView(await closer.CloseAsync(period, caller.AccountId, cancellationToken)));

    private static PeriodView ToView(BookedPeriod period) => new(
        period.Period,
        period.Status switch
        {
            PeriodStatus.Open => "open",
            PeriodStatus.SoftClosed => "soft-closed",
            _ => "closed",
        },
        period.SoftClosedBy,
        period.SoftClosedAt,
        period.ClosedBy,
        period.ClosedAt,
        period.BalancesHash,
        period.Signature,
        period.BlockNumber);
}
