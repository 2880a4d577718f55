using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Metering;

internal static class MeteringModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<StoredReading>(reading =>
        {
            reading.ToTable("meter_readings");
            reading.HasKey(one => new { one.ContractId, one.MinuteAt, one.NodeName, one.Revision });
            reading.HasIndex(one => new { one.NodeName, one.Sequence }).IsUnique();
        });
        model.Entity<MeteringNode>(node =>
        {
            node.ToTable("metering_nodes");
            node.HasKey(one => one.Name);
            node.Ignore(one => one.HasHole);
        });
        model.Entity<NodeClosing>(closing =>
        {
            closing.ToTable("node_closings");
            closing.HasKey(one => new { one.ContractId, one.NodeName });
        });
    }
}
