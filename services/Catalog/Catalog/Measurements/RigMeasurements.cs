using System.Numerics;
using Marketplace.Catalog.Database;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Catalog.Measurements;

/// <summary>A rig's hashrate over its last 5 and its last 60 minutes.</summary>
internal sealed record RigMeasurement(Api.MeasuredHashrate Recent, Api.MeasuredHashrate OverHour);

/// <summary>Measured hashrates for many rigs in one query.</summary>
internal static class RigMeasurements
{
    private static readonly TimeSpan RecentWindow = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan HourWindow = TimeSpan.FromMinutes(60);

    /// <summary>
    /// How long after its end a minute may still be on its way to us; until then its absence means nothing.
    /// </summary>
    private static readonly TimeSpan ArrivalLag = TimeSpan.FromMinutes(2);

    /// <summary>
    /// A window ends with the newest minute that is known or should be by now, so that a rig that went silent falls to
    /// zero, and starts no earlier than the rig's first minute, so that a new rig is not understated.
    /// </summary>
    public static async Task<IReadOnlyDictionary<RigId, RigMeasurement>> OfAsync(
        CatalogDbContext db, RigId[] rigIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = Array.ConvertAll(rigIds, id => id.Value);
        var settledAt = FloorToMinute(now - ArrivalLag);
        var rows = await db.Database.SqlQuery<Sums>($"""
            WITH spans AS (
                SELECT rig_id, min(minute_at) AS first_at,
                    greatest(max(minute_at) + interval '1 minute', {settledAt}) AS end_at
                FROM rig_minutes WHERE rig_id = ANY ({ids}) GROUP BY rig_id)
            SELECT spans.rig_id AS "RigId", spans.first_at AS "FirstAt", spans.end_at AS "EndAt",
                coalesce(sum(accepted_work) FILTER (WHERE minute_at >= end_at - {RecentWindow}), 0) AS "RecentWork",
                coalesce(sum(accepted_work) FILTER (WHERE minute_at >= end_at - {HourWindow}), 0) AS "HourWork"
            FROM spans JOIN rig_minutes minutes USING (rig_id)
            GROUP BY spans.rig_id, spans.first_at, spans.end_at
            """).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => RigId.From(row.RigId), row => new RigMeasurement(
            Measured(row, row.RecentWork, RecentWindow), Measured(row, row.HourWork, HourWindow)));
    }

    private static Api.MeasuredHashrate Measured(Sums row, BigInteger hashes, TimeSpan window)
    {
        var startAt = row.EndAt - window > row.FirstAt ? row.EndAt - window : row.FirstAt;
        var hashrate = Hashrate.Of(new Work((UInt128)hashes), row.EndAt - startAt);
        return new Api.MeasuredHashrate(hashrate, startAt, row.EndAt);
    }

    private static DateTimeOffset FloorToMinute(DateTimeOffset at) =>
        new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private sealed record Sums(
        Guid RigId, DateTimeOffset FirstAt, DateTimeOffset EndAt, BigInteger RecentWork, BigInteger HourWork);
}
