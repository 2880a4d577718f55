using Marketplace.HashrateProxy.Persistence;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.Messages.HashrateProxy;

namespace Marketplace.HashrateProxy.Journal;

/// <summary>A reading that rests in the share log may now be told.</summary>
internal sealed record ReadingSealedFact(SealedReadingRecord Record, DateTimeOffset SealedAt) : IJournalFact
{
    public async Task<bool> TryApplyAsync(ProxyDbContext db, CancellationToken cancellationToken)
    {
        var reading = MeterReading.FromPayload(Record.Payload);
        if (await db.Readings.FindAsync([reading.NodeName, Record.Sequence], cancellationToken) is not null)
        {
            return true;
        }

        db.Readings.Add(new StoredReading
        {
            NodeName = reading.NodeName,
            Sequence = Record.Sequence,
            ContractId = new ContractId(reading.ContractId),
            MinuteAt = reading.MinuteAt,
            AcceptedWork = new Work(reading.AcceptedHashes),
            Payload = Record.Payload,
            Signature = Record.Signature,
            SealedAt = SealedAt,
        });
        db.Publish(new MeterReadingSealed(reading.NodeName, Record.Sequence, Record.Payload, Record.Signature));
        return true;
    }
}
