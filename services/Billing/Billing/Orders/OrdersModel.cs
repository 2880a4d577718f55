using Marketplace.Billing.Organisations;
using Marketplace.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Orders;

internal static class OrdersModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<BilledOrder>(order =>
        {
            order.ToTable("orders");
            order.HasKey(billed => billed.Id);
            order.Property(billed => billed.Id).ValueGeneratedNever();
            order.Ignore(billed => billed.Terms);
            order.Ignore(billed => billed.Parties);
            order.HasIndex(billed => billed.ContractId).IsUnique();
            order.HasIndex(billed => billed.NextAccrualAt).HasFilter("status = 'Held'");
            order.HasRowVersion();
        });
        model.Entity<BilledOrganisation>(organisation =>
        {
            organisation.ToTable("organisations");
            organisation.HasKey(billed => billed.Id);
            organisation.Property(billed => billed.Id).ValueGeneratedNever();
        });
    }
}
