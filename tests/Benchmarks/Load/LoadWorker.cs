using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Marketplace.Benchmarks.Load;

/// <summary>
/// One worker: takes the newest job and submits any nonce of it. The difficulty is so low that every hash will do.
/// </summary>
internal sealed class LoadWorker : LinePeer
{
    private const int SubscribeId = 1;
    private const int FirstShareId = 10;
    private const int BlockStartDigits = 8;
    private const int NTimeDigits = 8;

    private readonly string _name;
    private readonly LoadTally _tally;
    private string _jobId = "";
    private string _extranonce2 = "";
    private string _nTime = "";
    private uint _lastNonce;
    private long _lastId = FirstShareId;
    private long _sentAt;

    public LoadWorker(Socket socket, LoadLoop loop, string name, LoadTally tally)
        : base(socket, loop) => (_name, _tally) = (name, tally);

    public bool HasJob => _jobId.Length > 0;

    /// <summary>Whose job it has: see <see cref="LoadPool.BlockStart"/>.</summary>
    public string BlockStart { get; private set; } = "";

    /// <summary>When the newest job came.</summary>
    public long JobAt { get; private set; }

    public void LogIn() => Send(Encoding.ASCII.GetBytes(
        $$"""{"id":{{SubscribeId}},"method":"mining.subscribe","params":["bench/1.0"]}""" + "\n"
        + $$"""{"id":2,"method":"mining.authorize","params":["{{_name}}","x"]}""" + "\n"));

    /// <summary>For a line that nobody reads: a job to send shares of.</summary>
    public void Invent() => (_jobId, _extranonce2, _nTime) = ("19ab54e4c42000001", "000001", "6553f101");

    public void SubmitShare()
    {
        if (_sentAt != 0)
        {
            // Its last share is not answered yet: one at a time, as the latency is to be known.
            _tally.Skipped++;
            return;
        }

        Span<byte> line = stackalloc byte[512];
        Utf8.TryWrite(
            line,
            $$"""{"id":{{++_lastId}},"method":"mining.submit","params":["{{_name}}","{{_jobId}}","{{_extranonce2}}","""
            + $"\"{_nTime}\",\"{++_lastNonce:x8}\"]}}\n",
            out var length);
        _tally.Sent++;
        _sentAt = TimeProvider.System.GetTimestamp();
        Send(line[..length]);
    }

    protected override void OnLine(ReadOnlySpan<byte> line)
    {
        if (line.IndexOf("\"mining.notify\",\"params\""u8) is >= 0 and var at)
        {
            TakeJob(line[(at + "\"mining.notify\",\"params\":[\""u8.Length)..]);
        }
        else if (line.IndexOf("\"method\""u8) < 0)
        {
            TakeAnswer(line);
        }
    }

    private void TakeJob(ReadOnlySpan<byte> job)
    {
        JobAt = TimeProvider.System.GetTimestamp();
        var idEnd = job.IndexOf((byte)'"');
        _jobId = Encoding.ASCII.GetString(job[..idEnd]);
        BlockStart = Encoding.ASCII.GetString(job.Slice(idEnd + "\",\""u8.Length, BlockStartDigits));
        var timeEnd = job.LastIndexOf((byte)'"');
        _nTime = Encoding.ASCII.GetString(job[(timeEnd - NTimeDigits)..timeEnd]);
        _tally.Jobs++;
    }

    private void TakeAnswer(ReadOnlySpan<byte> line)
    {
        if (!long.TryParse(IdOf(line), out var id) || id < FirstShareId)
        {
            TakeLogin(line, id);
            return;
        }

        if (line.IndexOf("\"result\":true"u8) >= 0)
        {
            _tally.Accepted(TimeProvider.System.GetElapsedTime(_sentAt));
        }
        else
        {
            _tally.Refused++;
        }

        _sentAt = 0;
    }

    private void TakeLogin(ReadOnlySpan<byte> line, long id)
    {
        var reader = new Utf8JsonReader(line);
        using var answer = JsonDocument.ParseValue(ref reader);
        if (answer.RootElement.GetProperty("error").ValueKind != JsonValueKind.Null)
        {
            throw new InvalidOperationException($"{_name} was refused: {Encoding.ASCII.GetString(line)}");
        }

        if (id == SubscribeId)
        {
            _extranonce2 = new string('0', 2 * answer.RootElement.GetProperty("result")[2].GetInt32());
        }
    }
}
