using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Certificates;

/// <summary>
/// Writes this node's minutes of a contract into a certificate, out of its log, minute by minute, so that a month needs
/// no more memory than its busiest minute.
/// </summary>
internal sealed class CertificateBuilder(string nodeDirectory)
{
    /// <summary>False when the log no longer holds the first of these minutes.</summary>
    public bool Holds(MinuteHead first) => LogSegments.In(nodeDirectory) is [var oldest, ..]
        && (oldest.StartedAt <= first.MinuteAt || oldest.Number == 1);

    /// <param name="writer">Has its terms; other nodes' minutes may stand before these and follow.</param>
    /// <param name="contractId">Whose records.</param>
    /// <param name="heads">All of this node's, in their order; at least one.</param>
    /// <param name="cancellationToken">Ends it; the file then counts as cut off.</param>
    /// <exception cref="InvalidDataException">The log does not hold what the heads were signed for.</exception>
    public async Task WriteAsync(
        CertificateWriter writer,
        ContractId contractId,
        IReadOnlyList<SignedHead> heads,
        CancellationToken cancellationToken)
    {
        using var leaves = LeavesOf(contractId, heads[0].ToHead().MinuteAt).GetEnumerator();
        var isMore = leaves.MoveNext();
        foreach (var signed in heads)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var head = signed.ToHead();
            var records = new List<byte[]>();
            for (; isMore && leaves.Current.MinuteAt <= head.MinuteAt; isMore = leaves.MoveNext())
            {
                records.Add(leaves.Current.Body);
            }

            if (records.Count != head.LeafCount)
            {
                throw new InvalidDataException(
                    $"The log holds {records.Count} records of {head.MinuteAt:u}; {head.LeafCount} were signed for.");
            }

            await writer.WriteMinuteAsync(signed, records, cancellationToken);
        }
    }

    private IEnumerable<(DateTimeOffset MinuteAt, byte[] Body)> LeavesOf(ContractId contract, DateTimeOffset since)
    {
        // It may read into what is being written: no head speaks of that yet, so nothing of it is asked for.
        foreach (var entry in ShareLogReader.Read(nodeDirectory, since))
        {
            var proof = LogRecordKinds.ProofIn(entry);
            if (!proof.IsEmpty && RecordStamp.Of(proof.Span) is var stamp && stamp.ContractId == contract)
            {
                yield return (Minutes.Floor(stamp.At), proof.ToArray());
            }
        }
    }
}
