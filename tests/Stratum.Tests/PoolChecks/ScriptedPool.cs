using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Marketplace.Stratum.Tests;

/// <summary>A pool on loopback that says to every request what a test wrote down for it.</summary>
internal sealed class ScriptedPool : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<string, string[]> _answers = new()
    {
        ["mining.configure"] =
        [
            """{"id":ID,"result":{"version-rolling":true,"version-rolling.mask":"1fffe000"},"error":null}""",
        ],
        ["mining.subscribe"] = ["""{"id":ID,"result":[[["mining.notify","1"]],"01020304",8],"error":null}"""],
        ["mining.authorize"] =
            ["""{"id":ID,"result":true,"error":null}""", Difficulty(1_000_000), PoolJobs.Notify("1")],
    };

    private readonly Task _serving;

    public ScriptedPool()
    {
        _listener.Start();
        _serving = ServeAsync(_stopping.Token);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Closes the connection after it answered this.</summary>
    public string? HangsUpAfter { get; init; }

    public static string Difficulty(int difficulty) =>
        $$"""{"id":null,"method":"mining.set_difficulty","params":[{{difficulty}}]}""";

    /// <summary>Lines for a method; ID stands for the request's.</summary>
    public ScriptedPool Say(string method, params string[] lines)
    {
        _answers[method] = lines;
        return this;
    }

    public ScriptedPool Add(string method, params string[] lines) => Say(method, [.. _answers[method], .. lines]);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        using var client = await _listener.AcceptTcpClientAsync(cancellationToken);
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            using var request = JsonDocument.Parse(line);
            var method = request.RootElement.GetProperty("method").GetString()!;
            var id = request.RootElement.GetProperty("id").GetRawText();
            foreach (var answer in _answers.GetValueOrDefault(method, []))
            {
                var text = answer.Replace("ID", id, StringComparison.Ordinal);
                await writer.WriteLineAsync(text.AsMemory(), cancellationToken);
            }

            if (method == HangsUpAfter)
            {
                return;
            }
        }
    }
}
