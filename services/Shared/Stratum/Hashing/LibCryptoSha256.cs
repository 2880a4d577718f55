using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Marketplace.Stratum;

/// <summary>
/// OpenSSL's compression, called directly: it uses the processor's SHA instructions, and has none of the set-up that
/// the framework's hash objects do per call.
/// </summary>
internal sealed unsafe class LibCryptoSha256 : Sha256Engine
{
    /// <summary>Words of OpenSSL's SHA256_CTX; only the first eight are used by a transform.</summary>
    private const int ContextWords = 28;

    private static readonly string[] LibraryNames = ["libcrypto.so.3", "libcrypto.so.1.1"];

    private readonly delegate* unmanaged[SuppressGCTransition]<uint*, byte*, void> _transform;

    private LibCryptoSha256(nint transform, string libraryName)
    {
        _transform = (delegate* unmanaged[SuppressGCTransition]<uint*, byte*, void>)transform;
        Name = libraryName;
    }

    public override string Name { get; }

    /// <summary>
    /// Null where there is no such library, where it was built without the call, or where it answers wrongly.
    /// </summary>
    public static LibCryptoSha256? TryLoad() => TryLoad(LibraryNames);

    public static LibCryptoSha256? TryLoad(IReadOnlyList<string> libraryNames)
    {
        foreach (var name in libraryNames)
        {
            if (NativeLibrary.TryLoad(name, out var library)
                && NativeLibrary.TryGetExport(library, "SHA256_Transform", out var transform))
            {
                var engine = new LibCryptoSha256(transform, name);
                return engine.AgreesWith(new ManagedSha256()) ? engine : null;
            }
        }

        return null;
    }

    [SkipLocalsInit]
    public override void Compress(Span<uint> state, ReadOnlySpan<byte> blocks)
    {
        var context = stackalloc uint[ContextWords];
        var words = new Span<uint>(context, Sha256State.WordCount);
        state.CopyTo(words);
        fixed (byte* first = blocks)
        {
            for (var at = 0; at + BlockBytes <= blocks.Length; at += BlockBytes)
            {
                _transform(context, first + at);
            }
        }

        words.CopyTo(state);
    }

    private bool AgreesWith(Sha256Engine other)
    {
        Span<byte> ours = stackalloc byte[HashBytes];
        Span<byte> theirs = stackalloc byte[HashBytes];
        var message = "a few bytes that fill more than a block of sixty-four, so that two are taken in"u8;
        Sha256d.Hash(this, message, ours);
        Sha256d.Hash(other, message, theirs);
        return ours.SequenceEqual(theirs);
    }
}
