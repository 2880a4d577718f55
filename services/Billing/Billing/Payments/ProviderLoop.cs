using Marketplace.Billing.Refunds;
using Marketplace.Billing.Settling;
using Marketplace.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Billing.Payments;

/// <summary>Sends refunds, and looks up charges whose outcome was lost in a crash.</summary>
internal sealed class ProviderLoop(
    IDbContextFactory<BillingDbContext> contexts,
    IPaymentProvider provider,
    ChargeRecorder recorder,
    RefundSender refunds,
    IOptions<SettlementOptions> options,
    TimeProvider time,
    ILogger<ProviderLoop> logger) : ISupervisedLoop
{
    /// <summary>Longer than any request takes, so that a charge under way is not mistaken for a lost one.</summary>
    public static readonly TimeSpan LookUpChargesAfter = TimeSpan.FromMinutes(1);

    /// <summary>Calls of each kind per turn.</summary>
    private const int MaxCallsPerTurn = 50;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval);
        do
        {
            await SendRefundsAsync(cancellationToken);
            await LookUpChargesAsync(cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task SendRefundsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var asked = await context.Refunds.AsNoTracking()
            .Where(refund => refund.Status == RefundStatus.Intended)
            .OrderBy(refund => refund.AskedAt)
            .Take(MaxCallsPerTurn)
            .ToListAsync(cancellationToken);
        foreach (var refund in asked)
        {
            await TryAsync(
                () => refunds.SendAsync(refund, cancellationToken), refund.IdempotencyKey, cancellationToken);
        }
    }

    private async Task LookUpChargesAsync(CancellationToken cancellationToken)
    {
        var madeBefore = time.GetUtcNow() - LookUpChargesAfter;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var lost = await context.ChargeAttempts.AsNoTracking()
            .Where(attempt => attempt.Status == AttemptStatus.Intended && attempt.MadeAt < madeBefore)
            .OrderBy(attempt => attempt.MadeAt)
            .Take(MaxCallsPerTurn)
            .ToListAsync(cancellationToken);
        foreach (var attempt in lost)
        {
            await TryAsync(() => LookUpAsync(attempt, cancellationToken), attempt.IdempotencyKey, cancellationToken);
        }
    }

    private async Task LookUpAsync(ChargeAttempt attempt, CancellationToken cancellationToken)
    {
        var outcome = await provider.FindChargeAsync(attempt.IdempotencyKey, cancellationToken);
        await recorder.RecordAsync(attempt.Id, outcome, cancellationToken);
    }

    /// <summary>
    /// One call that fails must not keep the others waiting; it is still an intent and has its next turn.
    /// </summary>
    private async Task TryAsync(Func<Task> call, string idempotencyKey, CancellationToken cancellationToken)
    {
        try
        {
            await call();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogError(failure, "Provider call {IdempotencyKey} failed and is taken up again", idempotencyKey);
        }
    }
}
