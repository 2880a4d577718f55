using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Marketplace.Stratum.Coinbase;

/// <summary>One payment of a coinbase.</summary>
/// <param name="Amount">In the chain's smallest unit.</param>
/// <param name="Script">Who may spend it.</param>
public readonly record struct CoinbaseOutput(ulong Amount, ReadOnlyMemory<byte> Script)
{
    /// <summary>False for a commitment, which pays nobody.</summary>
    public bool Pays => Amount > 0;
}

/// <summary>
/// The transaction whose two parts a pool sends, put together again: one input that spends nothing, then the outputs.
/// Stratum sends it without its witness.
/// </summary>
public sealed class CoinbaseTransaction
{
    private const int VersionBytes = 4;
    private const int PreviousOutputBytes = 36;
    private const int SequenceBytes = 4;
    private const int LockTimeBytes = 4;
    private const int MaxOutputs = 10_000;

    private CoinbaseTransaction(IReadOnlyList<CoinbaseOutput> outputs) => Outputs = outputs;

    public IReadOnlyList<CoinbaseOutput> Outputs { get; }

    /// <summary>What all outputs pay, in the chain's smallest unit.</summary>
    public ulong TotalAmount => Outputs.Aggregate(0UL, (sum, output) => unchecked(sum + output.Amount));

    /// <summary>What goes to one address.</summary>
    public ulong AmountTo(PayoutAddress address) => Outputs
        .Where(output => address.IsPaidBy(output.Script.Span))
        .Aggregate(0UL, (sum, output) => unchecked(sum + output.Amount));

    /// <summary>A pool's coinbase; which extranonce stands in it does not matter to its outputs.</summary>
    public static bool TryRead(
        PoolJob job, ExtranonceAssignment extranonce, [NotNullWhen(true)] out CoinbaseTransaction? coinbase)
    {
        ArgumentNullException.ThrowIfNull(job);
        byte[] bytes =
        [
            .. job.Coinbase1, .. extranonce.Extranonce1.Bytes, .. new byte[extranonce.Extranonce2Bytes],
            .. job.Coinbase2,
        ];
        return TryRead(bytes, out coinbase);
    }

    /// <summary>False when the bytes are not a transaction with one input that spends nothing.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out CoinbaseTransaction? coinbase)
    {
        coinbase = null;
        var rest = bytes;
        if (!TrySkip(ref rest, VersionBytes) || !TryTakeCount(ref rest, out var inputs) || inputs != 1
            || !TrySkip(ref rest, PreviousOutputBytes) || !TryTakeBytes(ref rest, out _)
            || !TrySkip(ref rest, SequenceBytes)
            || !TryTakeCount(ref rest, out var count) || count is 0 or > MaxOutputs)
        {
            return false;
        }

        var outputs = new List<CoinbaseOutput>();
        for (; count > 0; count--)
        {
            if (rest.Length < sizeof(ulong))
            {
                return false;
            }

            var amount = BinaryPrimitives.ReadUInt64LittleEndian(rest);
            rest = rest[sizeof(ulong)..];
            if (!TryTakeBytes(ref rest, out var script))
            {
                return false;
            }

            outputs.Add(new CoinbaseOutput(amount, script.ToArray()));
        }

        if (rest.Length < LockTimeBytes)
        {
            return false;
        }

        coinbase = new CoinbaseTransaction(outputs);
        return true;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> rest, int length)
    {
        if (rest.Length < length)
        {
            return false;
        }

        rest = rest[length..];
        return true;
    }

    private static bool TryTakeBytes(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!TryTakeCount(ref rest, out var length) || length > (ulong)rest.Length)
        {
            return false;
        }

        bytes = rest[..(int)length];
        rest = rest[(int)length..];
        return true;
    }

    /// <summary>A count in one, three, five or nine bytes ("CompactSize").</summary>
    private static bool TryTakeCount(ref ReadOnlySpan<byte> rest, out ulong count)
    {
        count = 0;
        if (rest.IsEmpty)
        {
            return false;
        }

        var extra = rest[0] switch { 0xfd => 2, 0xfe => 4, 0xff => 8, _ => 0 };
        if (rest.Length < 1 + extra)
        {
            return false;
        }

        Span<byte> number = stackalloc byte[sizeof(ulong)];
        number.Clear();
        rest.Slice(extra == 0 ? 0 : 1, Math.Max(extra, 1)).CopyTo(number);
        count = BinaryPrimitives.ReadUInt64LittleEndian(number);
        rest = rest[(1 + extra)..];
        return true;
    }
}
