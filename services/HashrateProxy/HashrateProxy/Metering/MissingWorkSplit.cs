using Marketplace.Messages.HashrateProxy;

namespace Marketplace.HashrateProxy.Metering;

/// <summary>
/// Splits a minute's missing work by the events in it. A fault gets at most what the promised hashrate would have done
/// while its event lasted; what no event explains is the seller's, whose machines were free to hash. Pure.
/// </summary>
internal static class MissingWorkSplit
{
    private static readonly Fault[] ByPrecedence = [Fault.Marketplace, Fault.Pool, Fault.Renter];

    public static MissingWork Of(
        Work promised, Work delivered, Hashrate promisedRate, IReadOnlyDictionary<Fault, TimeSpan> downtime)
    {
        var missing = delivered.ShortOf(promised);
        var parts = new Dictionary<Fault, UInt128>();
        foreach (var fault in ByPrecedence)
        {
            var part = Work.Min(missing, promisedRate.Over(downtime.GetValueOrDefault(fault)));
            parts[fault] = part.Hashes;
            missing -= part;
        }

        return new MissingWork(missing.Hashes, parts[Fault.Renter], parts[Fault.Pool], parts[Fault.Marketplace]);
    }
}
