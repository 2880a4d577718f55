using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>
/// A share whose verdict is known, on its way into the log and the meters: what it is worth, and the record of who
/// judged it.
/// </summary>
internal interface ICountedShare
{
    /// <summary>Of its job, or else of its worker; null while the fleet hashes for its owner.</summary>
    ContractId? ContractId { get; }

    /// <summary>How the meters count it.</summary>
    ShareVerdict Verdict { get; }

    /// <summary>What it proves, were it accepted.</summary>
    Work Work { get; }

    /// <summary>At most <see cref="RecordLimits.NameBytes"/> in UTF-8.</summary>
    string WorkerName { get; }

    /// <summary>Writes what an outsider needs to judge it again.</summary>
    /// <returns>The length.</returns>
    int WriteProof(Span<byte> body, in RecordStamp stamp);
}
