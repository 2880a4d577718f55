using System.Globalization;
using System.Text;
using Shouldly;

namespace Marketplace.Stratum.Tests;

public sealed class ParserFuzzTests(ITestOutputHelper output)
{
    private const int CasesOfANormalRun = 20_000;
    private const string CasesVariable = "MARKETPLACE_FUZZ_CASES";
    private const string SeedVariable = "MARKETPLACE_FUZZ_SEED";
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

    [Fact]
    public void No_mutated_line_makes_a_parser_throw_or_hang()
    {
        var cases = Number(CasesVariable, CasesOfANormalRun);
        var seed = Number(SeedVariable, Environment.TickCount);
        output.WriteLine($"{SeedVariable}={seed}, {cases} cases");
        var random = new Random(seed);
        for (var count = 0; count < cases; count++)
        {
            var line = Mutate(random);
            var failure = Record.Exception(() => ReadWithEverything(line));
            failure.ShouldBeNull($"seed {seed}, case {count}: {Convert.ToHexString(line)}: {failure}");
        }
    }

    private static byte[] Mutate(Random random)
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

    private static void ReadWithEverything(byte[] line)
    {
        var message = StratumMessage.Parse(line);
        _ = SubmitRequest.TryParse(message, out _, out _);
        _ = ConfigureRequest.TryParse(message, out _);
        _ = SubscribeRequest.Parse(message);
        _ = AuthorizeRequest.TryParse(message, out _);
        _ = SuggestRequest.TryParseDifficulty(message, out _);
        _ = SuggestRequest.TryParseTarget(message, out _);
        _ = PoolNotice.TryParseExtranonce(message, out _);
        _ = PoolNotice.TryParseVersionMask(message, out _);
        _ = PoolNotice.TryParseMessage(message, out _);
        _ = PoolJob.TryParse(message, out _, out _);
        _ = ReconnectNotice.Parse(message);
        _ = SubscribeAnswer.TryParse(message, out _);
        _ = ConfigureAnswer.Of(message);
        _ = PoolAnswer.Of(message);
        _ = message.TryGetIdNumber(out _);
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
