using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Periods;

internal static class PeriodsModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<BookedPeriod>(period =>
        {
            period.ToTable("periods");
            period.HasKey(one => one.Period);
        });
        model.Entity<PeriodBalance>(balance =>
        {
            balance.ToTable("period_balances");
            balance.HasKey(one => new { one.Period, one.Account, one.Currency });
        });
    }
}
