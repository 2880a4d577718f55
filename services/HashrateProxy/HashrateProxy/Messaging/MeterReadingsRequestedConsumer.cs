using Marketplace.HashrateProxy.Persistence;
using Marketplace.Messages.Billing;
using Marketplace.Messages.HashrateProxy;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.HashrateProxy.Messaging;

/// <summary>Serves a hole again, byte for byte.</summary>
internal sealed class MeterReadingsRequestedConsumer(ProxyDbContext db) : IMessageConsumer<MeterReadingsRequested>
{
    private const int MaxReadingsPerRequest = 1_000;

    public async Task ConsumeAsync(MeterReadingsRequested message, CancellationToken cancellationToken)
    {
        var readings = await db.Readings.AsNoTracking()
            .Where(reading => reading.NodeName == message.NodeName
                && reading.Sequence >= message.FirstSequence
                && reading.Sequence <= message.LastSequence)
            .OrderBy(reading => reading.Sequence)
            .Take(MaxReadingsPerRequest)
            .ToListAsync(cancellationToken);
        foreach (var reading in readings)
        {
            db.Publish(new MeterReadingSealed(reading.NodeName, reading.Sequence, reading.Payload, reading.Signature));
        }
    }
}
