using System.Numerics;
using Marketplace.Catalog.Database;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Catalog.Measurements;

/// <summary>A rig's hashrate over its last 5 and its last 60 minutes.</summary>
internal sealed record RigMeasurement(Api.MeasuredHashrate Recent, Api.MeasuredHashrate OverHour);

/// <summary>
/// Measured hashrates for many rigs. The rigs of one seller and algorithm are measured over one and the same window, so
/// that a machine that moves from one to another is never counted for both: together they show no more than the fleet
/// does.
/// </summary>
internal static class RigMeasurements
{
    private static readonly TimeSpan RecentWindow = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan HourWindow = TimeSpan.FromMinutes(60);

    /// <summary>
    /// How long after its end a minute may still be on its way to us; until then its absence means nothing.
    /// </summary>
    private static readonly TimeSpan ArrivalLag = TimeSpan.FromMinutes(2);

    /// <summary>A rig has warmed up in the first minute before which so many of its workers had settled.</summary>
    private const int SettledPercent = 90;

    /// <summary>Nothing for a rig that has not warmed up yet.</summary>
    public static async Task<IReadOnlyDictionary<RigId, RigMeasurement>> OfAsync(
        CatalogDbContext db, RigId[] rigIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = Array.ConvertAll(rigIds, id => id.Value);
        var recent = await OverAsync(db, ids, RecentWindow, now, cancellationToken);
        var overHour = await OverAsync(db, ids, HourWindow, now, cancellationToken);
        return recent.ToDictionary(
            pair => RigId.From(pair.Key), pair => new RigMeasurement(pair.Value, overHour[pair.Key]));
    }

    /// <summary>
    /// A window ends with the newest minute that is known or should be by now, so that a rig that went silent falls to
    /// zero. It starts when the last of the seller's rigs had warmed up, so that a new one is not understated.
    /// </summary>
    private static async Task<Dictionary<Guid, Api.MeasuredHashrate>> OverAsync(
        CatalogDbContext db, Guid[] ids, TimeSpan window, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var dueAt = FloorToMinute(now - ArrivalLag);
        var oldestAt = dueAt - window;
        var rows = await db.Database.SqlQuery<Measured>($"""
            WITH fleet AS (
                SELECT id AS rig_id, seller_id, algorithm FROM rigs WHERE (seller_id, algorithm) IN (
                    SELECT seller_id, algorithm FROM rigs WHERE id = ANY ({ids}))),
            minutes AS (
                SELECT rig_id, seller_id, algorithm, minute_at, sum(settled_work) AS work,
                    sum(settled_worker_count) > 0
                        AND sum(settled_worker_count) * 100 >= sum(worker_count) * {SettledPercent} AS is_settled
                FROM fleet JOIN rig_minutes USING (rig_id) WHERE minute_at >= {oldestAt}
                GROUP BY rig_id, seller_id, algorithm, minute_at),
            ends AS (
                SELECT seller_id, algorithm, greatest(max(minute_at) + interval '1 minute', {dueAt}) AS end_at
                FROM fleet LEFT JOIN minutes USING (rig_id, seller_id, algorithm) GROUP BY seller_id, algorithm),
            warm AS (
                SELECT seller_id, algorithm, rig_id, min(minute_at) AS warm_at
                FROM minutes JOIN ends USING (seller_id, algorithm)
                WHERE is_settled AND minute_at >= end_at - {window} GROUP BY seller_id, algorithm, rig_id),
            spans AS (
                SELECT seller_id, algorithm, end_at, coalesce(max(warm_at), end_at - {window}) AS start_at
                FROM ends LEFT JOIN warm USING (seller_id, algorithm) GROUP BY seller_id, algorithm, end_at)
            SELECT fleet.rig_id AS "RigId", start_at AS "StartAt", end_at AS "EndAt",
                coalesce(sum(work) FILTER (WHERE minute_at >= start_at), 0) AS "Work"
            FROM fleet JOIN spans USING (seller_id, algorithm)
                LEFT JOIN minutes USING (rig_id, seller_id, algorithm)
            WHERE fleet.rig_id = ANY ({ids}) AND EXISTS (
                SELECT 1 FROM rig_minutes known WHERE known.rig_id = fleet.rig_id AND known.settled_worker_count > 0)
            GROUP BY fleet.rig_id, start_at, end_at
            """).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.RigId, row => new Api.MeasuredHashrate(
            Hashrate.Of(new Work((UInt128)row.Work), row.EndAt - row.StartAt), row.StartAt, row.EndAt));
    }

    private static DateTimeOffset FloorToMinute(DateTimeOffset at) =>
        new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private sealed record Measured(Guid RigId, DateTimeOffset StartAt, DateTimeOffset EndAt, BigInteger Work);
}
