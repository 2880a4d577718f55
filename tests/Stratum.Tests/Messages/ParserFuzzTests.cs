using System.Globalization;
using Shouldly;

namespace Marketplace.Stratum.Tests;

public sealed class ParserFuzzTests(ITestOutputHelper output)
{
    private const int CasesOfANormalRun = 20_000;
    private const string CasesVariable = "MARKETPLACE_FUZZ_CASES";
    private const string SeedVariable = "MARKETPLACE_FUZZ_SEED";

    [Fact]
    public void No_mutated_line_makes_a_parser_throw_or_hang()
    {
        var cases = Number(CasesVariable, CasesOfANormalRun);
        var seed = Number(SeedVariable, Environment.TickCount);
        output.WriteLine($"{SeedVariable}={seed}, {cases} cases");
        var random = new Random(seed);
        for (var count = 0; count < cases; count++)
        {
            var line = MutatedLines.Next(random);
            var failure = Record.Exception(() => ReadWithEverything(line));
            failure.ShouldBeNull($"seed {seed}, case {count}: {Convert.ToHexString(line)}: {failure}");
        }
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
