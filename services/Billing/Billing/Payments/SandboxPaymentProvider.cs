using System.Numerics;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Payments;

/// <summary>
/// Pretends to be a payment provider, without money: it takes no fee, and what it was paid is available at once. It
/// commits by itself, like a provider would, whatever becomes of the caller's transaction.
/// </summary>
internal sealed class SandboxPaymentProvider(IDbContextFactory<BillingDbContext> contexts, TimeProvider time)
    : IPaymentProvider
{
    public const string PayingSource = "sandbox_pays";
    public const string DecliningSource = "sandbox_declines";

    public string Name => "Sandbox";

    public async Task<ChargeOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
    {
        var call = await RememberAsync(
            request.IdempotencyKey, request.Source, request.Amount, request.Source == PayingSource, cancellationToken);
        return ChargeOf(call);
    }

    public async Task<ChargeOutcome?> FindChargeAsync(string idempotencyKey, CancellationToken cancellationToken) =>
        await FindAsync(idempotencyKey, cancellationToken) is { } call ? ChargeOf(call) : null;

    public async Task<RefundOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken)
    {
        var call = await RememberAsync(
            request.IdempotencyKey, request.ProviderPaymentId, -request.Amount, true, cancellationToken);
        return RefundOf(call);
    }

    public async Task<RefundOutcome?> FindRefundAsync(string idempotencyKey, CancellationToken cancellationToken) =>
        await FindAsync(idempotencyKey, cancellationToken) is { } call ? RefundOf(call) : null;

    private ChargeOutcome ChargeOf(SandboxCall call) =>
        call.IsAccepted ? new ChargeOutcome($"pi_{call.IdempotencyKey}", TransactionOf(call)) : ChargeOutcome.Declined;

    private RefundOutcome RefundOf(SandboxCall call) => new($"re_{call.IdempotencyKey}", TransactionOf(call));

    private BalanceTransaction TransactionOf(SandboxCall call) => new(
        $"txn_{call.IdempotencyKey}",
        Name,
        new Money(Int128.Abs(call.Units), call.Currency),
        Money.Zero(call.Currency),
        call.MadeAt,
        call.MadeAt);

    private async Task<SandboxCall> RememberAsync(
        string idempotencyKey, string subject, Money amount, bool isAccepted, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO sandbox_calls (idempotency_key, subject, currency, units, is_accepted, made_at)
            VALUES ({idempotencyKey}, {subject}, {amount.Currency.Code}, {(BigInteger)amount.Units}, {isAccepted},
                {time.GetUtcNow()})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        return await context.Set<SandboxCall>().AsNoTracking()
            .SingleAsync(call => call.IdempotencyKey == idempotencyKey, cancellationToken);
    }

    private async Task<SandboxCall?> FindAsync(string idempotencyKey, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<SandboxCall>().AsNoTracking()
            .SingleOrDefaultAsync(call => call.IdempotencyKey == idempotencyKey, cancellationToken);
    }
}
