using System.Numerics;
using Marketplace.Billing.Settlement;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Settling;

/// <summary>
/// The work of a contract that is in readings without a hole before them. A node seals its minutes in order, so these
/// are whole minutes of each node, and what a late correction adds is in them as well. Work that is disputed beyond the
/// proxy's limit is not in it.
/// </summary>
/// <param name="ThroughAt">The end of the last minute; null without readings.</param>
internal sealed record ProvedWork(MeteredWork Work, int ReadingCount, DateTimeOffset? ThroughAt)
{
    public static async Task<ProvedWork> ReadAsync(
        BillingDbContext context, ContractId contract, CancellationToken cancellationToken)
    {
        var rows = await context.Database.SqlQuery<Row>(
            $"""
            SELECT coalesce(sum(reading.accepted - reading.unpaid), 0) AS proved,
                coalesce(sum(reading.refused_by_marketplace), 0) AS refused,
                count(*)::integer AS count, max(reading.minute_at) AS "LastMinuteAt"
            FROM meter_readings reading
            JOIN metering_nodes node ON node.name = reading.node_name AND reading.sequence <= node.contiguous_through
            WHERE reading.contract_id = {contract.Value}
            """).ToListAsync(cancellationToken);
        var row = rows.Single();
        return new ProvedWork(
            new MeteredWork(new Work((UInt128)row.Proved), new Work((UInt128)row.Refused)),
            row.Count,
            row.LastMinuteAt?.ToUniversalTime() + TimeSpan.FromMinutes(1));
    }

    private sealed record Row(BigInteger Proved, BigInteger Refused, int Count, DateTimeOffset? LastMinuteAt);
}
