using Marketplace.Billing.Refunds;
using Marketplace.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Payments;

internal static class PaymentsModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<ChargeAttempt>(attempt =>
        {
            attempt.ToTable("charge_attempts");
            attempt.HasKey(one => one.Id);
            attempt.Property(one => one.Id).ValueGeneratedNever();
            attempt.HasIndex(one => one.OrderId).IsUnique().HasFilter("status = 'Intended'");
            attempt.HasRowVersion();
        });
        model.Entity<Refund>(refund =>
        {
            refund.ToTable("refunds");
            refund.HasKey(one => one.Id);
            refund.Property(one => one.Id).ValueGeneratedNever();
            refund.Ignore(one => one.Amount);
            refund.Ignore(one => one.Parties);
            refund.HasIndex(one => one.AskedAt).HasFilter("status = 'Intended'");
            refund.HasRowVersion();
        });
        model.Entity<SandboxCall>(call =>
        {
            call.ToTable("sandbox_calls");
            call.HasKey(one => one.IdempotencyKey);
        });
    }
}
