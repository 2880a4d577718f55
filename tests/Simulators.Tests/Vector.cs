using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketplace.Simulators.Pools;

namespace Marketplace.Simulators.Tests;

/// <summary>A share that a real miner found or a real pool judged; every one names its source in the file.</summary>
internal sealed record Vector(
    string Name, SubmittedShare Share, IssuedJob Issued, string Header, string Hash, string? PoolVerdict)
{
    public static IReadOnlyList<Vector> All { get; } = Load();

    public override string ToString() => Name;

    private static List<Vector> Load()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Data", "stratum-vectors.json");
        return [.. JsonNode.Parse(File.ReadAllText(path))!.AsArray().Select(node => Read(node!.AsObject()))];
    }

    private static Vector Read(JsonObject node)
    {
        var notify = node["notify"]!.AsArray();
        var submit = node["submit"]!.AsObject();
        var job = new PoolJob(
            Text(notify[0]),
            1,
            new PoolBlock(Convert.FromHexString(Text(notify[1]))),
            Convert.FromHexString(Text(notify[2])),
            Convert.FromHexString(Text(notify[3])),
            [.. notify[4]!.AsArray().Select(branch => Convert.FromHexString(Text(branch)))],
            Word(notify[5]),
            Word(notify[6]),
            Word(notify[7]));
        var difficulty = node["pool_difficulty"]?.ToJsonString() ?? "1";
        var issued = new IssuedJob(
            job,
            Difficulty.Parse(difficulty),
            Convert.FromHexString(Text(node["extranonce1"])),
            node["extranonce2_size"]!.GetValue<int>(),
            node["version_mask"] is { } mask ? Word(mask) : null);
        var share = new SubmittedShare(
            "worker", job.Id, Text(submit["extranonce2"]), Text(submit["ntime"]), Text(submit["nonce"]),
            submit["version_bits"]?.ToString());
        var expect = node["expect"]!.AsObject();
        return new Vector(
            Text(node["name"]), share, issued, Text(expect["header"]), Text(expect["hash"]),
            node["pool_verdict"]?.ToString());
    }

    private static string Text(JsonNode? node) => node?.ToString() ?? throw new JsonException("A field is missing.");

    private static uint Word(JsonNode? node) =>
        uint.Parse(Text(node), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
