using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Marketplace.HashrateProxy.Tests.PoolChecks;

/// <summary>
/// A pool that refuses every login and repeats what it heard, as some do for their users' convenience.
/// </summary>
internal sealed class EchoingPool : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _heard = new();
    private readonly Task _serving;

    public EchoingPool()
    {
        _listener.Start();
        _serving = ServeAsync(_stopping.Token);
    }

    public string Url => $"stratum+tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public IReadOnlyCollection<string> Heard => _heard;

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
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            _heard.Enqueue(line);
            using var request = JsonDocument.Parse(line);
            var answer = AnswerTo(request.RootElement, line);
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer + "\n"), cancellationToken);
        }
    }

    private static string AnswerTo(JsonElement request, string line)
    {
        var id = request.GetProperty("id").GetInt32();
        return request.GetProperty("method").GetString() switch
        {
            "mining.configure" => $$$"""{"id":{{{id}}},"result":{"version-rolling":false},"error":null}""",
            "mining.subscribe" => $$$"""{"id":{{{id}}},"result":[[],"01020304",8],"error":null}""",
            "mining.authorize" => JsonSerializer.Serialize(new
            {
                id,
                result = false,
                error = new object?[] { 24, "Bad password " + request.GetProperty("params")[1].GetString(), null },
                heard = line,
            }),
            _ => $$$"""{"id":{{{id}}},"result":true,"error":null}""",
        };
    }
}
