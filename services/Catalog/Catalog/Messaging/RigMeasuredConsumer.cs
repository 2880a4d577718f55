using Marketplace.Catalog.Database;
using Marketplace.Catalog.Measurements;
using Marketplace.Messages.HashrateProxy;
using Marketplace.ServiceDefaults.Messaging;

namespace Marketplace.Catalog.Messaging;

internal sealed class RigMeasuredConsumer(CatalogDbContext db, TimeProvider time) : IMessageConsumer<RigMeasured>
{
    public async Task ConsumeAsync(RigMeasured message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var minute = RigMinute.Of(message, now);
        if (minute.MinuteAt < now - TimeSpan.FromHours(RigMinute.RetentionHours))
        {
            return;
        }

        var known = await db.RigMinutes.FindAsync([minute.RigId, minute.NodeName, minute.MinuteAt], cancellationToken);
        if (known is null)
        {
            db.RigMinutes.Add(minute);
        }
        else
        {
            known.Measure(message);
        }
    }
}
