using Marketplace.HashrateProxy.Persistence;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Tests.Heads;
using Marketplace.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Tests.ShareLog;

public sealed class ShareLogRetentionTests(PostgresFixture postgres)
    : IClassFixture<PostgresFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_old_goes_unless_a_reading_is_not_in_the_books_or_a_minute_is_not_closed()
    {
        var contexts = new Contexts(await postgres.CreateDatabaseAsync(Cancelled));
        await using var db = contexts.CreateDbContext();
        await db.Database.MigrateAsync(Cancelled);
        using var node = await HeadBench.CreateAsync();
        var startedAt = node.Time.GetUtcNow();
        for (var hour = 0; hour < 24 * 4; hour++)
        {
            node.Log.Sync();
            node.Time.Advance(TimeSpan.FromHours(1));
        }

        node.Log.Sync();
        var options = Options.Create(new ProxyOptions { ShareLogRetentionDays = 1 });
        var retention = new ShareLogRetention(
            contexts, node.Log, node.Loop, node.Time, options, NullLogger<ShareLogRetention>.Instance);
        await retention.RemoveOldAsync(Cancelled);
        OldestHour().ShouldBe(0, "no minute is closed yet");

        node.Loop.CloseMinutes(node.Time.GetUtcNow());
        var reading = new StoredReading
        {
            NodeName = "node-1",
            Sequence = 1,
            ContractId = node.Contracts[0],
            MinuteAt = startedAt + TimeSpan.FromHours(30.5),
            AcceptedWork = Work.Zero,
            Payload = [],
            Signature = [],
            SealedAt = startedAt,
        };
        db.Readings.Add(reading);
        await db.SaveChangesAsync(Cancelled);
        await retention.RemoveOldAsync(Cancelled);
        OldestHour().ShouldBe(30, "a reading is not acknowledged");

        reading.AcknowledgedAt = startedAt;
        await db.SaveChangesAsync(Cancelled);
        await retention.RemoveOldAsync(Cancelled);
        OldestHour().ShouldBe(24 * 3);
        node.Run(seconds: 3);
        ShareLogReader.Read(node.Log.Directory, DateTimeOffset.UnixEpoch).ShouldNotBeEmpty();

        int OldestHour() =>
            (int)(LogSegments.In(node.Log.Directory)[0].StartedAt - startedAt).TotalHours;
    }

    [Fact]
    public void The_segment_that_is_written_stays_however_old_it_is()
    {
        var startedAt = DateTimeOffset.UnixEpoch;
        ShareLogRetention.RemovableOf([], DateTimeOffset.MaxValue).ShouldBeEmpty();
        ShareLogRetention.RemovableOf([new LogSegment(1, startedAt, "one")], DateTimeOffset.MaxValue).ShouldBeEmpty();
    }

    private sealed class Contexts(string database) : IDbContextFactory<ProxyDbContext>
    {
        public ProxyDbContext CreateDbContext() => new(new DbContextOptionsBuilder<ProxyDbContext>()
            .UseNpgsql(database, npgsql => npgsql.MigrationsHistoryTable(MigrationsHistory.TableOf("proxy")))
            .Options);
    }
}
