using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>
/// Takes fields off the front of a body. There is one way only to write a record: what a writer would not have written,
/// it refuses with a <see cref="RecordFormatException"/>.
/// </summary>
internal ref struct RecordReader(ReadOnlySpan<byte> body)
{
    private const long TicksPerMicrosecond = 10;

    /// <summary>In the year 2255: every reader holds it exactly, and sums of times stay in range.</summary>
    private const long MaxMicroseconds = 1L << 53;

    private ReadOnlySpan<byte> _rest = body;

    public RecordStamp Stamp(RecordKind kind)
    {
        var found = (RecordKind)Byte();
        if (found != kind)
        {
            throw new RecordFormatException($"A record of kind {(byte)kind} is due, not one of kind {(byte)found}.");
        }

        var number = Int64();
        var at = Instant();
        var contract = Id();
        return new RecordStamp(number, at, contract == Guid.Empty ? null : new ContractId(contract));
    }

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw new RecordFormatException($"A flag is 0 or 1, not {other}."),
    };

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public UInt128 UInt128() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));

    public DateTimeOffset Instant()
    {
        var microseconds = Int64();
        return microseconds >= 0 && microseconds <= MaxMicroseconds
            ? DateTimeOffset.UnixEpoch.AddTicks(microseconds * TicksPerMicrosecond)
            : throw new RecordFormatException($"{microseconds} microseconds since 1970 is no instant.");
    }

    public Guid Id() => new(Take(16), bigEndian: true);

    public T Choice<T>()
        where T : struct, Enum
    {
        var number = (int)Byte();
        var choice = (T)Enum.ToObject(typeof(T), number);
        return Enum.IsDefined(choice)
            ? choice
            : throw new RecordFormatException($"{number} is no {typeof(T).Name} that is known here.");
    }

    public ReadOnlySpan<byte> Raw(int length) => Take(length);

    public ReadOnlySpan<byte> Short(int limit) => Bounded(Byte(), limit);

    public ReadOnlySpan<byte> Long(int limit) => Bounded(UInt16(), limit);

    public string Text(int limit)
    {
        var bytes = Short(limit);
        return Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : throw new RecordFormatException("A text is not UTF-8.");
    }

    public Extranonce Extranonce() => new(Short(Stratum.Extranonce.MaxBytes));

    /// <summary>A length of an extranonce, not more than any may have.</summary>
    public int ExtranonceBytes()
    {
        var bytes = Byte();
        return bytes <= Stratum.Extranonce.MaxBytes
            ? bytes
            : throw new RecordFormatException($"An extranonce of {bytes} bytes is longer than any.");
    }

    public Difficulty Difficulty()
    {
        var scale = Byte();
        var digits = Short(16);
        Span<byte> number = stackalloc byte[16];
        number.Clear();
        digits.CopyTo(number);
        var mantissa = BinaryPrimitives.ReadUInt128LittleEndian(number);
        return Primitives.Difficulty.TryFromDecimal(mantissa, scale, out var difficulty)
            && difficulty.ToDecimal() == (mantissa, scale) && digits[^1] != 0
            ? difficulty
            : throw new RecordFormatException("A difficulty is not written as it must be.");
    }

    public Algorithm Algorithm()
    {
        var name = Text(PoolJobRecord.AlgorithmNameBytes);
        return Primitives.Algorithm.All.FirstOrDefault(known => known.Name == name)
            ?? throw new RecordFormatException($"The algorithm '{name}' is not known here.");
    }

    public Hashrate Hashrate()
    {
        var hashrate = new Hashrate(UInt128());
        return hashrate <= Primitives.Hashrate.Max
            ? hashrate
            : throw new RecordFormatException("A hashrate is higher than any.");
    }

    /// <summary>All that is left, as it is.</summary>
    public ReadOnlySpan<byte> Rest() => Take(_rest.Length);

    /// <exception cref="RecordFormatException">Something is left.</exception>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw new RecordFormatException($"{_rest.Length} bytes follow where the record ends.");
        }
    }

    private ReadOnlySpan<byte> Bounded(int length, int limit) => length <= limit
        ? Take(length)
        : throw new RecordFormatException($"A field of {length} bytes is over its limit of {limit}.");

    private ReadOnlySpan<byte> Take(int length)
    {
        if (_rest.Length < length)
        {
            throw new RecordFormatException($"It ends {length - _rest.Length} bytes too early.");
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
