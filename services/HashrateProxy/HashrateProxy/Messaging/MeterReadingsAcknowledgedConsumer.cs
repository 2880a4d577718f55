using Marketplace.HashrateProxy.Persistence;
using Marketplace.Messages.Billing;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.HashrateProxy.Messaging;

internal sealed class MeterReadingsAcknowledgedConsumer(ProxyDbContext db, TimeProvider time)
    : IMessageConsumer<MeterReadingsAcknowledged>
{
    public Task ConsumeAsync(MeterReadingsAcknowledged message, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = time.GetUtcNow();
        return db.Readings
            .Where(reading => reading.NodeName == message.NodeName
                && reading.Sequence <= message.ThroughSequence
                && reading.AcknowledgedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(reading => reading.AcknowledgedAt, now), cancellationToken);
    }
}
