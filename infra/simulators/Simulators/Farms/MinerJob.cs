using System.Numerics;
using System.Text.Json.Nodes;
using Marketplace.Simulators.ProofOfWork;
using Marketplace.Simulators.Wire;

namespace Marketplace.Simulators.Farms;

/// <summary>A <c>mining.notify</c> with the difficulty and extranonce it came under.</summary>
/// <param name="CoinbaseText">The pool's text in the coinbase: whose job it is.</param>
internal sealed record MinerJob(
    string Id,
    byte[] PreviousHash,
    byte[] CoinbaseStart,
    byte[] CoinbaseEnd,
    IReadOnlyList<byte[]> Branches,
    uint Version,
    uint NetworkBits,
    uint Time,
    string CoinbaseText,
    byte[] Extranonce1,
    int Extranonce2SizeBytes,
    BigInteger Target,
    Work WorkPerShare)
{
    private const int ParameterCount = 9;
    private const int CleanAt = 8;
    private const char TextEdge = '/';

    /// <summary>Null when a field is not what firmware accepts: it then goes on with the job it has.</summary>
    public static MinerJob? Read(
        JsonArray parameters, byte[] extranonce1, int extranonce2SizeBytes, Difficulty difficulty, Algorithm algorithm)
    {
        if (parameters.Count < ParameterCount
            || !Hex.TryBytes(JsonLine.Text(parameters, 1), out var previousHash)
            || !Hex.TryBytes(JsonLine.Text(parameters, 2), out var coinbaseStart)
            || !Hex.TryBytes(JsonLine.Text(parameters, 3), out var coinbaseEnd)
            || !Hex.TryWord(JsonLine.Text(parameters, 5), out var version)
            || !Hex.TryWord(JsonLine.Text(parameters, 6), out var networkBits)
            || !Hex.TryWord(JsonLine.Text(parameters, 7), out var time))
        {
            return null;
        }

        var branches = (parameters[4] as JsonArray ?? []).Select(branch => Convert.FromHexString(branch!.ToString()));
        var target = PlainProofOfWork.Target(difficulty, algorithm);
        return new MinerJob(
            JsonLine.Text(parameters, 0) ?? "", previousHash, coinbaseStart, coinbaseEnd, [.. branches],
            version, networkBits, time, TextIn(coinbaseEnd), extranonce1, extranonce2SizeBytes,
            target, PlainProofOfWork.WorkOf(target, algorithm));
    }

    public static bool IsClean(JsonArray parameters) =>
        parameters.ElementAtOrDefault(CleanAt) is JsonValue value && value.TryGetValue<bool>(out var clean) && clean;

    public byte[] Header(byte[] extranonce2, uint version)
    {
        byte[] coinbase = [.. CoinbaseStart, .. Extranonce1, .. extranonce2, .. CoinbaseEnd];
        var root = PlainProofOfWork.MerkleRoot(coinbase, Branches);
        return PlainProofOfWork.Header(version, PreviousHash, root, Time, NetworkBits, nonce: 0);
    }

    private static string TextIn(byte[] coinbaseEnd)
    {
        var text = System.Text.Encoding.Latin1.GetString(coinbaseEnd);
        var start = text.IndexOf(TextEdge, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf(TextEdge, start + 1);
        return end < 0 ? "" : text[(start + 1)..end];
    }
}
