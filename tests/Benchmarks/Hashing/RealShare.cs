using System.Text;
using System.Text.Json;
using Marketplace.Stratum;

namespace Marketplace.Benchmarks.Hashing;

/// <summary>The mainnet share that is measured: a coinbase of 260 bytes and twelve merkle branches.</summary>
internal sealed class RealShare
{
    private const string Name = "lumerin-s19xp-1";

    public RealShare()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "vectors.json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var vector = document.RootElement.EnumerateArray().Single(json => json.GetProperty("name").GetString() == Name);
        var notify = $$"""{"method":"mining.notify","params":{{vector.GetProperty("notify").GetRawText()}}}""";
        if (!PoolJob.TryParse(StratumMessage.Parse(Encoding.UTF8.GetBytes(notify)), out var poolJob, out var fault))
        {
            throw new InvalidOperationException($"The vector's job cannot be read: {fault}.");
        }

        string Submit(string field) => vector.GetProperty("submit").GetProperty(field).GetString()!;
        Extranonce1 = new Extranonce(Convert.FromHexString(vector.GetProperty("extranonce1").GetString()!));
        Extranonce2 = new Extranonce(Convert.FromHexString(Submit("extranonce2")));
        (NTime, Nonce) = (Convert.ToUInt32(Submit("ntime"), 16), Convert.ToUInt32(Submit("nonce"), 16));
        var seam = CoinbaseSeam.Unmoved(Extranonce1.Length, Extranonce2.Length);
        Job = new DownstreamJob("1", poolJob, seam, default, Difficulty.Of(699).ToTarget(Algorithm.Sha256d));
        Version = Job.VersionOf(Convert.ToUInt32(Submit("version_bits"), 16), Mask);
        Coinbase = [.. poolJob.Coinbase1, .. Extranonce1.Bytes, .. Extranonce2.Bytes, .. poolJob.Coinbase2];
        Header = Convert.FromHexString(vector.GetProperty("expect").GetProperty("header").GetString()!);
        string[] fields =
            ["farm.rig", "1", Submit("extranonce2"), Submit("ntime"), Submit("nonce"), Submit("version_bits")];
        Line = Encoding.UTF8.GetBytes(
            $$"""{"id":4,"method":"mining.submit","params":{{JsonSerializer.Serialize(fields)}}}""");
    }

    public static uint Mask => 0x1fffe000;

    public DownstreamJob Job { get; }

    public Extranonce Extranonce1 { get; }

    public Extranonce Extranonce2 { get; }

    public uint NTime { get; }

    public uint Nonce { get; }

    public uint Version { get; }

    public byte[] Coinbase { get; }

    public byte[] Header { get; }

    public byte[] Line { get; }
}
