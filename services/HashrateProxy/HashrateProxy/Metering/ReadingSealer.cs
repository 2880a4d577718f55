using Marketplace.HashrateProxy.Journal;
using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.Messages.HashrateProxy;
using Marketplace.ServiceDefaults.Security;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Metering;

/// <summary>
/// Numbers, signs and seals meter readings: into the share log first, then into the journal that tells Billing. One
/// caller at a time.
/// </summary>
internal sealed class ReadingSealer(
    PayloadSigner signer, ShareLogWriter log, NodeJournal journal, TimeProvider time, IOptions<ProxyOptions> options)
{
    private long _lastSequence;

    public string NodeName => options.Value.NodeName;

    /// <summary>Continues the numbering of an earlier run.</summary>
    public void ContinueAfter(long lastSequence) => _lastSequence = Math.Max(_lastSequence, lastSequence);

    /// <returns>False when the disk takes nothing: the minute stays open, under the same number.</returns>
    public bool TrySeal(ContractRoute route, MinuteAccount minute, bool isLast)
    {
        var sequence = _lastSequence + 1;
        var promised = route.Promised(minute.MinuteAt, minute.MinuteAt + Minutes.Length);
        var key = new ReadingKey(route.Id, NodeName, sequence);
        var reading = minute.ToReading(key, promised, route.PartAt(minute.MinuteAt), isLast);
        var payload = reading.ToPayload();
        var record = new SealedReadingRecord(sequence, payload, signer.Sign($"proxy.{NodeName}", payload));
        if (!log.Seal(record.ToBody()))
        {
            return false;
        }

        _lastSequence = sequence;
        route.LastSequence = sequence;
        journal.Add(new ReadingSealedFact(record, time.GetUtcNow()));
        return true;
    }

    /// <returns>False when the disk takes nothing.</returns>
    public bool TryClose(ContractRoute route)
    {
        var now = time.GetUtcNow();
        var body = new ContractClosedRecord(route.Id, now).ToBody();
        if (log.Seal(body))
        {
            journal.Add(new ContractReleasedFact(route.Id, NodeName, route.LastSequence, route.ReleasedAt ?? now));
            return true;
        }

        return false;
    }

    public void Tell(RigMeasured measured) => journal.Add(new RigMeasuredFact(measured));
}
