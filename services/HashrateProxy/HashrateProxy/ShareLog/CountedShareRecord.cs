using System.Buffers.Binary;
using System.Text;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>
/// A submit as the meters counted it: the worker and the work, which let the books be rebuilt by addition alone, and
/// the record of proof, from which anybody can hash them again. What a pool attests is counted when it answers.
/// </summary>
/// <param name="WorkerName">Under which it is read out.</param>
/// <param name="Work">What it proves, were it accepted.</param>
/// <param name="Proof">
/// A <see cref="RecordKind.Share"/>, a <see cref="RecordKind.StrayShare"/> or a <see cref="RecordKind.PoolAnswer"/>.
/// </param>
internal sealed record CountedShareRecord(string WorkerName, Work Work, ReadOnlyMemory<byte> Proof)
{
    private const int WorkBytes = 16;

    public RecordStamp Stamp => RecordStamp.Of(Proof.Span);

    /// <summary>The pool's answer that decided; null for a share that was judged here.</summary>
    public PoolAnswerRecord? Answer => RecordStamp.KindOf(Proof.Span) == RecordKind.PoolAnswer
        ? PoolAnswerRecord.Read(Proof.Span)
        : null;

    public ShareVerdict Verdict => RecordStamp.KindOf(Proof.Span) switch
    {
        RecordKind.Share => ShareRecord.Read(Proof.Span).Verdict,
        RecordKind.PoolAnswer => AnsweredShare.VerdictOf(PoolAnswerRecord.Read(Proof.Span).Answer),
        _ => StrayShareRecord.Read(Proof.Span).Verdict,
    };

    /// <summary>Writes the record's body; allocates nothing.</summary>
    public static int Write<TShare>(Span<byte> body, in RecordStamp stamp, in TShare share)
        where TShare : ICountedShare, allows ref struct
    {
        body[0] = (byte)LogRecordKind.CountedShare;
        var nameBytes = Encoding.UTF8.GetBytes(share.WorkerName, body.Slice(2, RecordLimits.NameBytes));
        body[1] = (byte)nameBytes;
        var work = body[(2 + nameBytes)..];
        BinaryPrimitives.WriteUInt128LittleEndian(work, share.Work.Hashes);
        return 2 + nameBytes + WorkBytes + share.WriteProof(work[WorkBytes..], stamp);
    }

    /// <summary>Reads a body that was written here; its checksum has been checked before.</summary>
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
