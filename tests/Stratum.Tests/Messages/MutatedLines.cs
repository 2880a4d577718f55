using System.Text;

namespace Marketplace.Stratum.Tests;

/// <summary>Lines as peers send them, damaged at random.</summary>
internal static class MutatedLines
{
    private const int MostMutations = 6;

    private static readonly string[] Seeds =
    [
        .. File.ReadAllLines(ShareVector.PathOf("btcpool-submit-shares-1.log")).DistinctBy(line => line.Length),
        """{"id":1,"method":"mining.configure","params":[["version-rolling"],{"version-rolling.mask":"1fffe000"}]}""",
        """{"id":5,"result":null,"error":{"code":23,"message":"low \u0041\ud83d\ude00"}}""",
        """{"id":null,"method":"client.reconnect","params":["a.example",3333,5]}""",
        """{"id":null,"method":"mining.set_difficulty","params":[1448.1546878700492e-3]}""",
        """{"id":1,"result":{"version-rolling":true,"version-rolling.mask":"1fffe000"},"error":null}""",
    ];

    private static readonly string[] Splices =
    [
        "\"", "\\", "\\ud800", "{", "}", "[", "]", ",", ":", "null",
        "1e999999999", "0e999999999", "-0", "\0", "\u00ff", "[[[[[[[[[[",
    ];

    public static byte[] Next(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]).ToList();
        for (var mutation = random.Next(MostMutations); mutation >= 0 && bytes.Count > 0; mutation--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(1, Math.Min(bytes.Count - at, 20) + 1));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.Skip(at).Take(random.Next(30)).ToArray());
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. bytes];
    }
}
