using System.Buffers.Binary;
using System.Text;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>One submit as it was judged.</summary>
/// <param name="ContractId">Null while the fleet hashes for its owner.</param>
/// <param name="Header">The 80 bytes that were hashed; empty when none could be built.</param>
internal readonly record struct ShareRecord(
    DateTimeOffset At,
    ContractId? ContractId,
    RigId RigId,
    ShareVerdict Verdict,
    Work Work,
    string WorkerName,
    ReadOnlyMemory<byte> Header)
{
    public const int MaxWorkerNameBytes = 255;
    private const int FixedBytes = 1 + 8 + 16 + 16 + 1 + 16 + 1 + 1;

    public const int MaxBytes = FixedBytes + MaxWorkerNameBytes + byte.MaxValue;

    /// <summary>Writes the record's body; allocates nothing.</summary>
    public static int Write(Span<byte> destination, in JudgedShare share)
    {
        destination[0] = (byte)LogRecordKind.Share;
        BinaryPrimitives.WriteInt64LittleEndian(destination[1..], share.At.UtcTicks);
        (share.ContractId?.Value ?? Guid.Empty).TryWriteBytes(destination[9..]);
        share.RigId.Value.TryWriteBytes(destination[25..]);
        destination[41] = (byte)share.Verdict;
        BinaryPrimitives.WriteUInt128LittleEndian(destination[42..], share.Work.Hashes);
        var nameBytes = Encoding.UTF8.GetBytes(share.WorkerName, destination.Slice(59, MaxWorkerNameBytes));
        destination[58] = (byte)nameBytes;
        destination[59 + nameBytes] = (byte)share.Header.Length;
        share.Header.CopyTo(destination[(60 + nameBytes)..]);
        return 60 + nameBytes + share.Header.Length;
    }

    /// <summary>Reads a body written by <see cref="Write"/>; its checksum has been checked before.</summary>
    public static ShareRecord Read(ReadOnlySpan<byte> body)
    {
        var contract = new Guid(body.Slice(9, 16));
        var nameBytes = body[58];
        return new ShareRecord(
            new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(body[1..]), TimeSpan.Zero),
            contract == Guid.Empty ? null : new ContractId(contract),
            new RigId(new Guid(body.Slice(25, 16))),
            (ShareVerdict)body[41],
            new Work(BinaryPrimitives.ReadUInt128LittleEndian(body[42..])),
            Encoding.UTF8.GetString(body.Slice(59, nameBytes)),
            body.Slice(60 + nameBytes, body[59 + nameBytes]).ToArray());
    }
}

/// <summary>The first byte of a record's body.</summary>
internal enum LogRecordKind : byte
{
    Share = 1,
    SealedReading = 2,
}
