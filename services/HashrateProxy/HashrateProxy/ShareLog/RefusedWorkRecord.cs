using System.Buffers.Binary;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>
/// Credited work that a pool refused, as it was counted: what the pool meant cannot be told again from its answer
/// alone, because it depends on what was under way then.
/// </summary>
/// <param name="MinuteAt">The minute it was counted in.</param>
/// <param name="IsByOurFault">Refused for what we sent; else without a cause that could be checked.</param>
/// <param name="Allowance">How much of its kind was borne by then.</param>
internal readonly record struct RefusedWorkRecord(
    ContractId ContractId, DateTimeOffset MinuteAt, bool IsByOurFault, Work Work, Work Allowance)
{
    private const int ContractAt = 1;
    private const int MinuteAtOffset = 17;
    private const int FaultAt = 25;
    private const int WorkAt = 26;
    private const int AllowanceAt = 42;
    private const int SizeBytes = 58;

    public int Write(Span<byte> body)
    {
        body[0] = (byte)LogRecordKind.RefusedWork;
        ContractId.Value.TryWriteBytes(body[ContractAt..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(body[MinuteAtOffset..], MinuteAt.UtcTicks);
        body[FaultAt] = IsByOurFault ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt128LittleEndian(body[WorkAt..], Work.Hashes);
        BinaryPrimitives.WriteUInt128LittleEndian(body[AllowanceAt..], Allowance.Hashes);
        return SizeBytes;
    }

    /// <summary>Reads a body that was written here; its checksum has been checked before.</summary>
    public static RefusedWorkRecord Read(ReadOnlySpan<byte> body) => new(
        new ContractId(new Guid(body.Slice(ContractAt, MinuteAtOffset - ContractAt), bigEndian: true)),
        new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(body[MinuteAtOffset..]), TimeSpan.Zero),
        body[FaultAt] != 0,
        new Work(BinaryPrimitives.ReadUInt128LittleEndian(body[WorkAt..])),
        new Work(BinaryPrimitives.ReadUInt128LittleEndian(body[AllowanceAt..])));
}
