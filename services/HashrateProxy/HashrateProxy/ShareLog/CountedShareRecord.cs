using System.Buffers.Binary;
using System.Text;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>
/// A submit as the meters counted it: the worker and the work, which let the books be rebuilt by addition alone, and
/// the record of proof, from which anybody can hash them again.
/// </summary>
/// <param name="WorkerName">Under which it is read out.</param>
/// <param name="Work">What it proves, were it accepted.</param>
/// <param name="Proof">A <see cref="RecordKind.Share"/> or a <see cref="RecordKind.StrayShare"/>.</param>
internal sealed record CountedShareRecord(string WorkerName, Work Work, ReadOnlyMemory<byte> Proof)
{
    private const int WorkBytes = 16;

    public RecordStamp Stamp => RecordStamp.Of(Proof.Span);

    public ShareVerdict Verdict => RecordStamp.KindOf(Proof.Span) == RecordKind.Share
        ? ShareRecord.Read(Proof.Span).Verdict
        : StrayShareRecord.Read(Proof.Span).Verdict;

    /// <summary>Writes the record's body; allocates nothing.</summary>
    public static int Write(Span<byte> body, in RecordStamp stamp, in JudgedShare share)
    {
        body[0] = (byte)LogRecordKind.CountedShare;
        var nameBytes = Encoding.UTF8.GetBytes(share.WorkerName, body.Slice(2, RecordLimits.NameBytes));
        body[1] = (byte)nameBytes;
        var work = body[(2 + nameBytes)..];
        BinaryPrimitives.WriteUInt128LittleEndian(work, share.Work.Hashes);
        return 2 + nameBytes + WorkBytes + share.WriteProof(work[WorkBytes..], stamp);
    }

    /// <summary>Reads a body written by <see cref="Write"/>; its checksum has been checked before.</summary>
    public static CountedShareRecord Read(ReadOnlyMemory<byte> body)
    {
        var bytes = body.Span;
        var workAt = 2 + bytes[1];
        return new CountedShareRecord(
            Encoding.UTF8.GetString(bytes[2..workAt]),
            new Work(BinaryPrimitives.ReadUInt128LittleEndian(bytes[workAt..])),
            body[(workAt + WorkBytes)..]);
    }
}
