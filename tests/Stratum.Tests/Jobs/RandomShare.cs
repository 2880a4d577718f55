using System.Text;
using Marketplace.Primitives;
using Shouldly;

namespace Marketplace.Stratum.Tests;

/// <summary>A share of a job that no pool has sent, of any shape that one could.</summary>
internal sealed record RandomShare(DownstreamJob Job, Extranonce Extranonce1, string Line)
{
    private const int MaxBranches = 14;
    private const int MaxCoinbaseBytes = 300;
    private const int WordBytes = 4;
    private const int HashBytes = 32;

    public static uint Mask => 0x1fffe000;

    public static RandomShare Of(Random random)
    {
        string Hex(int bytes)
        {
            var chosen = new byte[bytes];
            random.NextBytes(chosen);
            return Convert.ToHexStringLower(chosen);
        }

        var branches = string.Join(
            ",", Enumerable.Range(0, random.Next(MaxBranches)).Select(_ => $"\"{Hex(HashBytes)}\""));
        var (start, end) = (Hex(random.Next(MaxCoinbaseBytes)), Hex(random.Next(MaxCoinbaseBytes)));
        var notify = Encoding.UTF8.GetBytes(
            $$"""
            {"id":null,"method":"mining.notify","params":["1","{{Hex(HashBytes)}}","{{start}}","{{end}}",[{{branches}}],
            "{{Hex(WordBytes)}}","{{Hex(WordBytes)}}","{{Hex(WordBytes)}}",true]}
            """.ReplaceLineEndings(""));
        PoolJob.TryParse(StratumMessage.Parse(notify), out var poolJob, out var fault).ShouldBeTrue($"{fault}");
        var (prefix, own, rest) = (Part(random), Part(random), Part(random));
        var seam = new CoinbaseSeam(
            new ExtranonceAssignment(Part(random), prefix.Length + own.Length + rest.Length), own.Length, rest.Length);
        var job = new DownstreamJob("1", poolJob!, seam, prefix, Difficulty.Parse("0.0000000005").ToTarget(
            Algorithm.Sha256d));
        var fields = $"\"w\",\"1\",\"{rest}\",\"{Hex(WordBytes)}\",\"{Hex(WordBytes)}\",\"{Hex(WordBytes)}\"";
        return new RandomShare(job, own, $$"""{"id":1,"method":"mining.submit","params":[{{fields}}]}""");
    }

    private static Extranonce Part(Random random)
    {
        var bytes = new byte[random.Next(9)];
        random.NextBytes(bytes);
        return new Extranonce(bytes);
    }
}
