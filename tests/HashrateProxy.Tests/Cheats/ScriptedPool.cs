using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Marketplace.HashrateProxy.Tests.Cheats;

/// <summary>What a pool says, to the byte: two pools with one script give the same work.</summary>
internal sealed record PoolScript(string Extranonce1, int Extranonce2Bytes, string Difficulty, string NotifyParameters)
{
    private const string WholeExtranonce1 = "0badcafe";

    /// <summary>A job that anybody could copy, with a coinbase of its own text.</summary>
    /// <param name="shiftedBytes">So many bytes of extranonce1 are said to belong to the coinbase's first part.</param>
    public static PoolScript Of(
        string coinbaseText, int extranonce2Bytes, string difficulty, uint ntime, int shiftedBytes = 0)
    {
        const string previousHash = "4d16b6f85af6e2198f44ae2a6de67f78487ae5611b77c6c0440b921e00000000";
        var coinbase1 = "02000000010000000000000000000000000000000000000000000000000000000000000000ffffffff2003a0bb0d";
        var (shifted, extranonce1) = (WholeExtranonce1[..(2 * shiftedBytes)], WholeExtranonce1[(2 * shiftedBytes)..]);
        var text = Convert.ToHexStringLower(Encoding.ASCII.GetBytes($"/{coinbaseText}/"));
        var coinbase2 = text + "ffffffff0100f2052a01000000160014" + new string('a', 40) + "00000000";
        var notify = $"\"{previousHash}\",\"{coinbase1}{shifted}\",\"{coinbase2}\",[],"
            + $"\"20000000\",\"17056102\",\"{ntime:x8}\",true";
        return new PoolScript(extranonce1, extranonce2Bytes, difficulty, notify);
    }
}

/// <summary>
/// A pool in a cheat's hands: it gives the job of its script to whoever logs in, and takes every share for good.
/// </summary>
internal sealed class ScriptedPool : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _submits = new();
    private readonly PoolScript _script;
    private readonly Task _accepting;
    private int _lastJob;

    public ScriptedPool(PoolScript script)
    {
        _script = script;
        _listener.Start();
        _accepting = AcceptAsync(_stopping.Token);
    }

    public string Url => $"stratum+tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The lines of all shares it was sent.</summary>
    public IReadOnlyCollection<string> Submits => _submits;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        List<Task> serving = [];
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(cancellationToken), cancellationToken));
            }
        }
        finally
        {
            await Task.WhenAll(serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using var _ = client;
        using var reader = new StreamReader(client.GetStream());
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            using var request = JsonDocument.Parse(line);
            var answer = Encoding.UTF8.GetBytes(AnswerTo(request.RootElement, line));
            await client.GetStream().WriteAsync(answer, cancellationToken);
        }
    }

    private string AnswerTo(JsonElement request, string line)
    {
        var id = request.GetProperty("id").GetRawText();
        switch (request.GetProperty("method").GetString())
        {
            case "mining.configure":
                return $$"""{"id":{{id}},"result":{"version-rolling":false},"error":null}""" + "\n";
            case "mining.subscribe":
                return $$"""
                    {"id":{{id}},"result":[[],"{{_script.Extranonce1}}",{{_script.Extranonce2Bytes}}],"error":null}

                    """;
            case "mining.authorize":
                var job = Interlocked.Increment(ref _lastJob);
                return $$"""
                    {"id":{{id}},"result":true,"error":null}
                    {"id":null,"method":"mining.set_difficulty","params":[{{_script.Difficulty}}]}
                    {"id":null,"method":"mining.notify","params":["job{{job}}",{{_script.NotifyParameters}}]}

                    """;
            case "mining.submit":
                _submits.Enqueue(line);
                goto default;
            default:
                return $$"""{"id":{{id}},"result":true,"error":null}""" + "\n";
        }
    }
}
