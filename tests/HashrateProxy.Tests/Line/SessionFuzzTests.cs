using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json;
using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Downstream.Admission;
using Marketplace.Simulators.Pools;
using Marketplace.Stratum;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.HashrateProxy.Tests.Line;

/// <summary>
/// Generated lines through real sessions: none ends by an error of ours, and every request gets one answer in JSON.
/// </summary>
public sealed class SessionFuzzTests(ProxyWorld world, ITestOutputHelper output) : IClassFixture<ProxyWorld>
{
    private const int CasesOfANormalRun = 100_000;
    private const int LinesPerSession = 500;
    private const int MostMutations = 5;
    private const string CasesVariable = "MARKETPLACE_FUZZ_CASES";
    private const string SeedVariable = "MARKETPLACE_FUZZ_SEED";

    private static readonly string[] Splices =
    [
        "\"", "\\", "\\ud800", "{", "}", "[", "]", ",", ":", "null", "true", "-0", "1e999999999", "0e999999999",
        "\0", "\u00ff", "[[[[[[[[[[[[[[[[[[", "{\"id\":1}", "ffffffff", new string('0', 300), "\u0016\u0003\u0001",
    ];

    [Fact]
    public async Task No_generated_line_breaks_a_session_or_stays_without_its_answer()
    {
        var cases = Number(CasesVariable, CasesOfANormalRun);
        var seed = Number(SeedVariable, Environment.TickCount);
        output.WriteLine($"{SeedVariable}={seed}, {cases} lines");
        var random = new Random(seed);
        var own = world.NewPool(new PoolSettings { CoinbaseText = "own", EasiestDifficulty = null });
        var (_, login) = await world.NewRigAsync(own, Hashrate.FromTerahashes(100));
        for (var done = 0; done < cases; done += LinesPerSession)
        {
            await RunSessionAsync(login, random, $"seed {seed}, session at {done}");
        }
    }

    private async Task RunSessionAsync(string login, Random random, string what)
    {
        var (sent, answered) = (new Pipe(new PipeOptions(pauseWriterThreshold: 0)), new Pipe(
            new PipeOptions(pauseWriterThreshold: 0)));
        var peer = new OpenedConnection(sent.Reader, answered.Writer.AsStream(), IPAddress.Loopback);
        using var session = new WorkerSession(
            random.Next(), peer, world.Services.GetRequiredService<FrontServices>());
        var running = session.RunAsync();
        using var reader = new StreamReader(answered.Reader.AsStream());

        List<byte[]> lines = [.. Greeting(login).Select(Encoding.UTF8.GetBytes)];
        var expected = lines.Count;
        await SendAsync(sent.Writer, lines);
        var seen = new List<string>();
        while (!seen.Exists(line => line.Contains("\"method\":\"mining.notify\"", StringComparison.Ordinal)))
        {
            seen.Add((await reader.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull(what));
        }

        using var notify = JsonDocument.Parse(seen[^1]);
        var seeds = Seeds(login, notify.RootElement.GetProperty("params")[0].GetString()!).ToArray();
        lines = [.. Enumerable.Range(0, LinesPerSession).Select(number => Line(number, seeds, random))];
        expected += lines.Count(line => WantsAnswer(StratumMessage.Parse(line)));
        await SendAsync(sent.Writer, lines);
        await sent.Writer.CompleteAsync();
        (await running).ShouldBe(ClosingReason.PeerLeft, what);
        await answered.Writer.CompleteAsync();

        // Only a line feed ends a line: an id that is echoed may hold a carriage return between its parts.
        var rest = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        seen.AddRange(rest.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        seen.Count(line => IsAnswer(line, what)).ShouldBe(expected, what);
    }

    private static string[] Greeting(string login) =>
    [
        """{"id":1,"method":"mining.configure","params":[["version-rolling"],{"version-rolling.mask":"1fffe000"}]}""",
        """{"id":"s","method":"mining.subscribe","params":["cgminer/4.12",null,"host:3333",null]}""",
        $$"""{"id":3,"method":"mining.authorize","params":["{{login}}.one","x,d=1000"]}""",
    ];

    private static IEnumerable<string> Seeds(string login, string job) =>
    [
        .. Greeting(login),
        $$"""{"id":4,"method":"mining.submit","params":["{{login}}.one","{{job}}","0a0B0c","674e9260","714103e8"]}""",
        $$"""{"params":["{{login}}.one","{{job}}","000001","674e9260","1","ffe000"],"id":4,"method":"mining.submit"}""",
        """{"id":5,"method":"mining.configure","params":[["minimum-difficulty"],{"minimum-difficulty.value":1}]}""",
        """{"id":null,"method":"mining.suggest_difficulty","params":[1448.1546878700492e-3]}""",
        """{"id":6,"method":"mining.suggest_target","params":["00000000ffff0000000000000000000000000000"]}""",
        """{"id":7,"method":"mining.extranonce.subscribe","params":[]}""",
        """{"id":8,"method":"mining.ping"}""",
        """{"id":9,"method":"client.get_version","params":null}""",
        """{"id":10,"result":"pong","error":null}""",
        """{"id":[11],"method":"mining.multi_version","params":[1]}""",
    ];

    /// <summary>Malformed lines are answered too, and so is firmware that forgets the id of a request.</summary>
    private static bool WantsAnswer(in StratumMessage message) => message.Kind switch
    {
        MessageKind.Malformed or MessageKind.Request => true,
        MessageKind.Notification => message.Method is StratumMethod.Submit or StratumMethod.Configure
            or StratumMethod.Subscribe or StratumMethod.Authorize,
        _ => false,
    };

    private static bool IsAnswer(string line, string what)
    {
        using var document = Should.NotThrow(() => JsonDocument.Parse(line), $"{what}: {line}");
        return !document.RootElement.TryGetProperty("method", out _);
    }

    /// <summary>Now and then a sensible line, since too many others in a row would end the session.</summary>
    private static byte[] Line(int number, string[] seeds, Random random) =>
        number % (WorkerSession.MaxMalformedLines / 2) == 0
            ? """{"id":12,"method":"mining.ping","params":[]}"""u8.ToArray()
            : Mutate(seeds, random);

    private static byte[] Mutate(string[] seeds, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(seeds[random.Next(seeds.Length)]).ToList();
        for (var mutation = random.Next(MostMutations); mutation > 0 && bytes.Count > 0; mutation--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
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
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. bytes.Where(letter => letter != (byte)'\n')];
    }

    private static async Task SendAsync(PipeWriter writer, IEnumerable<byte[]> lines)
    {
        foreach (var line in lines)
        {
            writer.Write([.. line, (byte)'\n']);
        }

        await writer.FlushAsync(TestContext.Current.CancellationToken);
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
