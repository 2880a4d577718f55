using System.Diagnostics.CodeAnalysis;

namespace Marketplace.Stratum.Coinbase;

/// <summary>
/// Where a coinbase output goes, as text and as the script that stands in the output: P2PKH, P2SH, and segwit of any
/// version, taproot among them.
/// </summary>
public sealed class PayoutAddress
{
    private const byte Duplicate = 0x76;
    private const byte Hash160 = 0xa9;
    private const byte Equal = 0x87;
    private const byte EqualVerify = 0x88;
    private const byte CheckSignature = 0xac;
    private const byte SmallNumberOne = 0x51;
    private const int MinWitnessScriptBytes = 4;
    private const int MaxWitnessScriptBytes = 42;

    private readonly byte[] _script;

    private PayoutAddress(string text, CoinNetwork network, byte[] script) =>
        (Text, Network, _script) = (text, network, script);

    public string Text { get; }

    public CoinNetwork Network { get; }

    /// <summary>The output's script.</summary>
    public ReadOnlySpan<byte> Script => _script;

    /// <summary>Reads an address of any network; false when it is none, or a letter of it is wrong.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PayoutAddress? address)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = OfSegwit(text) ?? OfHash(text);
        return address is not null;
    }

    /// <summary>The address an output pays; null for scripts that have none, such as a commitment.</summary>
    public static PayoutAddress? OfScript(ReadOnlySpan<byte> script, CoinNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var text = script switch
        {
            [Duplicate, Hash160, Base58Check.HashBytes, .. { Length: Base58Check.HashBytes } hash,
                EqualVerify, CheckSignature] => Base58Check.Encode(network.KeyHashVersion, hash),
            [Hash160, Base58Check.HashBytes, .. { Length: Base58Check.HashBytes } hash, Equal] =>
                Base58Check.Encode(network.ScriptHashVersion, hash),
            [0 or (>= SmallNumberOne and < SmallNumberOne + 16), var length, .. var program]
                when network.SegwitPrefix is not null && length == program.Length
                    && script.Length is >= MinWitnessScriptBytes and <= MaxWitnessScriptBytes =>
                SegwitText.Encode(network.SegwitPrefix, VersionOf(script[0]), program),
            _ => null,
        };
        return text is not null && TryParse(text, out _) ? new PayoutAddress(text, network, script.ToArray()) : null;
    }

    public bool IsPaidBy(ReadOnlySpan<byte> script) => script.SequenceEqual(_script);

    public override string ToString() => Text;

    private static PayoutAddress? OfSegwit(string text)
    {
        if (!SegwitText.TryDecode(text, out var prefix, out var version, out var program)
            || CoinNetwork.All.FirstOrDefault(one => one.SegwitPrefix == prefix) is not { } network)
        {
            return null;
        }

        var versionCode = version == 0 ? (byte)0 : (byte)(SmallNumberOne - 1 + version);
        return new PayoutAddress(text, network, [versionCode, (byte)program.Length, .. program]);
    }

    private static PayoutAddress? OfHash(string text)
    {
        if (!Base58Check.TryDecode(text, out var version, out var hash))
        {
            return null;
        }

        byte[] keyHash = [Duplicate, Hash160, Base58Check.HashBytes, .. hash, EqualVerify, CheckSignature];
        byte[] scriptHash = [Hash160, Base58Check.HashBytes, .. hash, Equal];
        foreach (var network in CoinNetwork.All)
        {
            if (version == network.KeyHashVersion)
            {
                return new PayoutAddress(text, network, keyHash);
            }

            if (version == network.ScriptHashVersion)
            {
                return new PayoutAddress(text, network, scriptHash);
            }
        }

        return null;
    }

    private static int VersionOf(byte code) => code == 0 ? 0 : code - (SmallNumberOne - 1);
}
