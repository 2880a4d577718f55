using System.Text;
using System.Text.Json;
using Marketplace.Primitives;
using Shouldly;

namespace Marketplace.Stratum.Tests;

/// <summary>A share that a real pool answered, with its header, hash and difficulty recomputed independently.</summary>
internal sealed record ShareVector(
    string Name, string Source, PoolJob Job, ExtranonceAssignment Assignment, uint VersionMask, string SubmitLine,
    string PoolVerdict, string Header, string Hash, string Difficulty)
{
    private static readonly Lazy<IReadOnlyList<ShareVector>> Read = new(ReadAll);

    public static IReadOnlyList<ShareVector> All => Read.Value;

    public static IEnumerable<TheoryDataRow<string>> Names =>
        All.Select(vector => new TheoryDataRow<string>(vector.Name));

    public static ShareVector Named(string name) => All.Single(vector => vector.Name == name);

    public static string PathOf(string fileName) => Path.Combine(AppContext.BaseDirectory, "Vectors", fileName);

    /// <summary>The job as its pool's own client would take it: nothing moved.</summary>
    public DownstreamJob Unmoved(Difficulty difficulty) => new(
        Job.Id, Job, CoinbaseSeam.Unmoved(Assignment.Extranonce1.Length, Assignment.Extranonce2Bytes), default,
        difficulty.ToTarget(Algorithm.Sha256d));

    private static List<ShareVector> ReadAll()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf("vectors.json")));
        return [.. document.RootElement.EnumerateArray().Select(ReadOne)];
    }

    private static ShareVector ReadOne(JsonElement json)
    {
        var notify = $$"""{"id":null,"method":"mining.notify","params":{{json.GetProperty("notify").GetRawText()}}}""";
        PoolJob.TryParse(StratumMessage.Parse(Encoding.UTF8.GetBytes(notify)), out var job, out _).ShouldBeTrue();
        var submit = json.GetProperty("submit");
        string[] fields =
        [
            "worker", job!.Id, submit.GetProperty("extranonce2").GetString()!, submit.GetProperty("ntime").GetString()!,
            submit.GetProperty("nonce").GetString()!,
        ];
        if (submit.GetProperty("version_bits").GetString() is { } bits)
        {
            fields = [.. fields, bits];
        }

        var expected = json.GetProperty("expect");
        var mask = json.GetProperty("version_mask").GetString();
        var extranonce1 = new Extranonce(Convert.FromHexString(json.GetProperty("extranonce1").GetString()!));
        return new ShareVector(
            json.GetProperty("name").GetString()!,
            json.GetProperty("source").GetString()!,
            job,
            new ExtranonceAssignment(extranonce1, json.GetProperty("extranonce2_size").GetInt32()),
            mask is null ? 0 : Convert.ToUInt32(mask, 16),
            $$"""{"id":7,"method":"mining.submit","params":{{JsonSerializer.Serialize(fields)}}}""",
            json.GetProperty("pool_verdict").GetString()!,
            expected.GetProperty("header").GetString()!,
            expected.GetProperty("hash").GetString()!,
            expected.GetProperty("difficulty").GetRawText());
    }
}
