using Marketplace.Billing.Payments;

namespace Marketplace.Billing.Tests.Service;

/// <summary>
/// The sandbox behind a bad line: an answer can be lost before or after the provider has done what was asked.
/// </summary>
internal sealed class FlakyProvider(SandboxPaymentProvider sandbox) : IPaymentProvider
{
    private int _charges;
    private int _refunds;

    public string Name => sandbox.Name;

    public bool LosesRequests { get; set; }

    public bool LosesAnswers { get; set; }

    public int Charges => _charges;

    public int Refunds => _refunds;

    public async Task<ChargeOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
    {
        LoseIf(LosesRequests);
        Interlocked.Increment(ref _charges);
        var outcome = await sandbox.ChargeAsync(request, cancellationToken);
        LoseIf(LosesAnswers);
        return outcome;
    }

    public Task<ChargeOutcome?> FindChargeAsync(string idempotencyKey, CancellationToken cancellationToken) =>
        sandbox.FindChargeAsync(idempotencyKey, cancellationToken);

    public async Task<RefundOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken)
    {
        LoseIf(LosesRequests);
        Interlocked.Increment(ref _refunds);
        var outcome = await sandbox.RefundAsync(request, cancellationToken);
        LoseIf(LosesAnswers);
        return outcome;
    }

    public Task<RefundOutcome?> FindRefundAsync(string idempotencyKey, CancellationToken cancellationToken) =>
        sandbox.FindRefundAsync(idempotencyKey, cancellationToken);

    private static void LoseIf(bool isLost)
    {
        if (isLost)
        {
            throw new IOException("The line to the provider is dead.");
        }
    }
}
