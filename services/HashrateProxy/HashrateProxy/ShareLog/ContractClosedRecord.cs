using System.Buffers.Binary;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>The last reading of a contract is sealed: only what pools still answer comes after it.</summary>
internal readonly record struct ContractClosedRecord(ContractId ContractId, DateTimeOffset At)
{
    private const int SizeBytes = 1 + 16 + 8;

    public byte[] ToBody()
    {
        var body = new byte[SizeBytes];
        body[0] = (byte)LogRecordKind.ContractClosed;
        ContractId.Value.TryWriteBytes(body.AsSpan(1));
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(17), At.UtcTicks);
        return body;
    }

    public static ContractClosedRecord Read(ReadOnlySpan<byte> body) => new(
        new ContractId(new Guid(body.Slice(1, 16))),
        new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(body[17..]), TimeSpan.Zero));
}
