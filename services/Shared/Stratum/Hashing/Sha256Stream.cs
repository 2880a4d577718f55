using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Marketplace.Stratum;

/// <summary>A SHA-256 under way. Copying the value copies the midstate: a common beginning is hashed once.</summary>
internal struct Sha256Stream
{
    private const int LengthBytes = 8;
    private const byte EndMark = 0x80;

    private Sha256State _state;
    private Block _block;
    private int _length;

    /// <summary>The words after the whole blocks taken in so far.</summary>
    public readonly Sha256State State => _state;

    /// <summary>Of the message so far.</summary>
    public readonly int Length => _length;

    /// <summary>What is not a whole block yet.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Pending => ((ReadOnlySpan<byte>)_block)[..(_length % Sha256Engine.BlockBytes)];

    public static Sha256Stream Of(Sha256Engine engine, ReadOnlySpan<byte> start)
    {
        var stream = new Sha256Stream { _state = Sha256Rounds.Start };
        stream.Append(engine, start);
        return stream;
    }

    public void Append(Sha256Engine engine, ReadOnlySpan<byte> bytes)
    {
        var filled = _length % Sha256Engine.BlockBytes;
        _length += bytes.Length;
        if (filled > 0)
        {
            var taken = Math.Min(Sha256Engine.BlockBytes - filled, bytes.Length);
            bytes[..taken].CopyTo(_block[filled..]);
            bytes = bytes[taken..];
            if (filled + taken < Sha256Engine.BlockBytes)
            {
                return;
            }

            engine.Compress(_state, _block);
        }

        var whole = bytes.Length - (bytes.Length % Sha256Engine.BlockBytes);
        if (whole > 0)
        {
            engine.Compress(_state, bytes[..whole]);
        }

        bytes[whole..].CopyTo(_block);
    }

    public void Finish(Sha256Engine engine, Span<byte> hash)
    {
        Span<byte> block = _block;
        var filled = _length % Sha256Engine.BlockBytes;
        if (filled >= Sha256Engine.BlockBytes - LengthBytes)
        {
            block[filled] = EndMark;
            block[(filled + 1)..].Clear();
            engine.Compress(_state, block);
            block.Clear();
            WriteLength(block, _length);
        }
        else
        {
            Pad(block, filled, _length);
        }

        engine.Compress(_state, block);
        WriteWords(_state, hash);
    }

    /// <summary>How many blocks the end of a message takes with its padding.</summary>
    public static int BlocksFor(int bytes) => (bytes + LengthBytes) / Sha256Engine.BlockBytes + 1;

    /// <summary>Ends a message where at least nine bytes are free behind it, and all that is free.</summary>
    public static void Pad(Span<byte> block, int filled, int messageBytes)
    {
        block[filled] = EndMark;
        block[(filled + 1)..].Clear();
        WriteLength(block, messageBytes);
    }

    public static void WriteWords(in Sha256State state, Span<byte> hash)
    {
        var words = MemoryMarshal.Cast<byte, uint>(hash[..Sha256Engine.HashBytes]);
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(state, words);
        }
        else
        {
            ((ReadOnlySpan<uint>)state).CopyTo(words);
        }
    }

    private static void WriteLength(Span<byte> block, int messageBytes) =>
        BinaryPrimitives.WriteUInt64BigEndian(block[^LengthBytes..], (ulong)messageBytes * 8);

    /// <summary>Finishes, and hashes the hash: SHA-256d.</summary>
    public void FinishTwice(Sha256Engine engine, Span<byte> hash)
    {
        Finish(engine, hash);
        var second = Of(engine, hash[..Sha256Engine.HashBytes]);
        second.Finish(engine, hash);
    }

    [InlineArray(Sha256Engine.BlockBytes)]
    private struct Block
    {
        private byte _first;
    }
}
