using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Marketplace.HashrateProxy.Tests.Line;

/// <summary>A machine that a test drives line by line, right or wrong.</summary>
internal sealed class RawWorker : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    private static readonly string[] VersionRolling = ["version-rolling"];

    private static readonly Dictionary<string, string> VersionRollingMask = new() { [
        "version-rolling.mask"] = "1fffe000" };

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly Dictionary<int, JsonElement> _answers = [];
    private readonly List<RawJob> _jobs = [];
    private readonly List<string> _messages = [];
    private Stream? _stream;
    private StreamReader? _reader;
    private int _lastId;

    public string User { get; private set; } = "";

    public byte[] Extranonce1 { get; private set; } = [];

    public int Extranonce2Bytes { get; private set; }

    public uint VersionMask { get; private set; }

    /// <summary>What holds for its next job.</summary>
    public Difficulty Difficulty { get; private set; }

    /// <summary>Every job it was given, oldest first.</summary>
    public IReadOnlyList<RawJob> Jobs => _jobs;

    /// <summary>What <c>client.show_message</c> told it.</summary>
    public IReadOnlyList<string> Messages => _messages;

    /// <param name="port">The proxy's.</param>
    /// <param name="from">A loopback address to come from.</param>
    /// <param name="preamble">Sent before all else, and before TLS.</param>
    /// <param name="isTls">It speaks TLS and trusts a certificate by its name.</param>
    /// <param name="receiveBufferBytes">How much it takes in without reading; null leaves it to the system.</param>
    public static async Task<RawWorker> ConnectAsync(
        int port, string from = "127.0.0.1", byte[]? preamble = null, bool isTls = false,
        int? receiveBufferBytes = null)
    {
        var worker = new RawWorker();
        worker._socket.ReceiveBufferSize = receiveBufferBytes ?? worker._socket.ReceiveBufferSize;
        worker._socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await worker._socket.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        worker._stream = new NetworkStream(worker._socket, ownsSocket: true);
        await worker._stream.WriteAsync(preamble ?? [], TestContext.Current.CancellationToken);
        if (isTls)
        {
            var secured = new SslStream(
                worker._stream, false, (_, certificate, _, _) => certificate?.Subject == "CN=marketplace");
            await secured.AuthenticateAsClientAsync("localhost");
            worker._stream = secured;
        }

        worker._reader = new StreamReader(worker._stream, Encoding.UTF8);
        return worker;
    }

    /// <summary>Connects, introduces itself and waits for its first job.</summary>
    public static async Task<RawWorker> JoinAsync(
        int port, string user, string password = "d=1000", bool rollsVersions = false)
    {
        var worker = await ConnectAsync(port);
        await worker.JoinAsync(user, password, rollsVersions);
        return worker;
    }

    /// <summary>Introduces itself and waits for its first job.</summary>
    public async Task JoinAsync(string user, string password = "d=1000", bool rollsVersions = false)
    {
        if (rollsVersions)
        {
            await CallAsync("mining.configure", VersionRolling, VersionRollingMask);
            VersionMask = 0x1fffe000;
        }

        await SubscribeAsync();
        (await CallAsync("mining.authorize", user, password)).GetProperty("result").GetBoolean().ShouldBeTrue();
        User = user;
        await NextJobAsync(after: 0);
    }

    public async Task SubscribeAsync()
    {
        var result = (await CallAsync("mining.subscribe", "raw/1.0")).GetProperty("result");
        Extranonce1 = Convert.FromHexString(result[1].GetString()!);
        Extranonce2Bytes = result[2].GetInt32();
    }

    /// <summary>Takes over what a test subscribed by itself, and waits for the first job.</summary>
    public async Task SubscribedAsync(JsonElement result, string user)
    {
        (User, Extranonce1) = (user, Convert.FromHexString(result[1].GetString()!));
        Extranonce2Bytes = result[2].GetInt32();
        await NextJobAsync(after: 0);
    }

    /// <summary>Reads until there are more jobs than so many.</summary>
    public async Task<RawJob> NextJobAsync(int after)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (_jobs.Count <= after)
        {
            TimeProvider.System.GetElapsedTime(startedAt).ShouldBeLessThan(ProxyWorld.Generous, "no job came");
            await ReadAsync();
        }

        return _jobs[^1];
    }

    /// <summary>Reads until it hashes for the pool whose coinbases carry this text.</summary>
    public async Task<RawJob> JobOfAsync(string coinbaseText)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (_jobs[^1].CoinbaseText != coinbaseText)
        {
            TimeProvider.System.GetElapsedTime(startedAt).ShouldBeLessThan(ProxyWorld.Generous, coinbaseText);
            await NextJobAsync(_jobs.Count);
        }

        return _jobs[^1];
    }

    public async Task<JsonElement> CallAsync(string method, params object[] parameters)
    {
        var id = ++_lastId;
        await SendAsync(JsonSerializer.Serialize(new { id, method, @params = parameters }) + "\n");
        return await AnswerToAsync(id);
    }

    public async Task SendAsync(string text) =>
        await _stream!.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);

    /// <returns>0 when the share was accepted, else the error's code.</returns>
    public async Task<int> SubmitAsync(RawShare share, string? user = null, string? jobId = null)
    {
        object[] parameters =
        [
            user ?? User,
            jobId ?? share.Job.Id,
            Convert.ToHexStringLower(share.Extranonce2),
            $"{share.NTime:x8}",
            $"{share.Nonce:x8}",
            .. share.VersionBits is { } bits ? new object[] { $"{bits:x8}" } : [],
        ];
        return CodeOf(await CallAsync("mining.submit", parameters));
    }

    public static int CodeOf(JsonElement answer) =>
        answer.GetProperty("error") is { ValueKind: JsonValueKind.Array } error
        ? error[0].GetInt32()
        : answer.GetProperty("result").GetBoolean()
            ? 0
            : throw new InvalidOperationException("Neither a yes nor an error.");

    /// <summary>Reads what is still there until the other side closes.</summary>
    public async Task<IReadOnlyList<string>> ReadToEndAsync()
    {
        List<string> lines = [];
        while (await TryReadLineAsync() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _stream?.Dispose();
        _socket.Dispose();
    }

    private async Task<JsonElement> AnswerToAsync(int id)
    {
        JsonElement answer;
        while (!_answers.Remove(id, out answer))
        {
            await ReadAsync();
        }

        return answer;
    }

    /// <returns>Null when the connection is closed.</returns>
    public async Task<string?> TryReadLineAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(AnswerLimit);
        try
        {
            return await _reader!.ReadLineAsync(limit.Token);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private async Task ReadAsync()
    {
        var line = await TryReadLineAsync() ?? throw new EndOfStreamException("The proxy closed the connection.");
        using var document = JsonDocument.Parse(line);
        var message = document.RootElement.Clone();
        switch (message.TryGetProperty("method", out var method) ? method.GetString() : "")
        {
            case "":
                _answers[
                    message.GetProperty("id").ValueKind == JsonValueKind.Number
                        ? message.GetProperty("id").GetInt32()
                        : 0] = message;
                break;
            case "mining.set_difficulty":
                Difficulty = Difficulty.Parse(message.GetProperty("params")[0].GetRawText());
                break;
            case "client.show_message":
                _messages.Add(message.GetProperty("params")[0].GetString()!);
                break;
            case "mining.notify":
                _jobs.Add(RawJob.Read(line, this, Difficulty));
                break;
        }
    }
}
