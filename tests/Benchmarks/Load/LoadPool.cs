using System.Net.Sockets;
using System.Text;

namespace Marketplace.Benchmarks.Load;

/// <summary>
/// A pool that gives jobs when it is told to. Its jobs are of a mainnet pool's size: a coinbase of 250 bytes, twelve
/// branches.
/// </summary>
internal sealed class LoadPool : IDisposable
{
    /// <summary>Every hash meets it, so that every share goes all the way up.</summary>
    public const string Easiest = "0.0000000001";

    /// <summary>Hard enough for a whole fleet on one connection.</summary>
    public const string ForFleet = "100000";

    private const int Coinbase1Bytes = 120;
    private const int Coinbase2Bytes = 118;
    private const int Branches = 12;
    private const int HashBytes = 32;

    private readonly LoadListener<PoolPeer> _listener;
    private readonly int _number;
    private readonly Random _random;
    private int _jobs;

    /// <param name="loop">That serves it.</param>
    /// <param name="number">Tells this pool's jobs from another's: they begin with it.</param>
    /// <param name="difficulty">Of every job.</param>
    public LoadPool(LoadLoop loop, int number, string difficulty)
    {
        Difficulty = difficulty;
        (_number, _random) = (number, new Random(number));
        _listener = new LoadListener<PoolPeer>(loop, socket => new PoolPeer(socket, loop, this));
        Notify = NextJob();
    }

    public string Url => $"stratum+tcp://127.0.0.1:{_listener.Port}";

    public string Difficulty { get; }

    public long Shares { get; set; }

    /// <summary>Eight hex digits at the start of its jobs' previous hash.</summary>
    public string BlockStart => $"{_number:x2}{_jobs:x6}";

    public bool IsServing => _listener.Peers.Any(peer => peer.IsAuthorised);

    public byte[] Notify { get; private set; }

    /// <summary>A job on a new block to whoever is connected.</summary>
    public void SendNewBlock()
    {
        Notify = NextJob();
        foreach (var peer in _listener.Peers)
        {
            peer.SendJob();
        }
    }

    public void Dispose() => _listener.Dispose();

    private byte[] NextJob()
    {
        _jobs++;
        var branches = Enumerable.Range(0, Branches).Select(_ => $"\"{Hex(HashBytes)}\"");
        return Encoding.ASCII.GetBytes(
            $$"""{"id":null,"method":"mining.notify","params":["{{_jobs:x}}","{{BlockStart}}{{Hex(HashBytes - 4)}}","""
            + $"\"{Hex(Coinbase1Bytes)}\",\"{Hex(Coinbase2Bytes)}\",[{string.Join(',', branches)}],"
            + $$"""
            "20000000","1700ffff","{{1_700_000_000 + _jobs:x8}}",true]}

            """);
    }

    private string Hex(int bytes)
    {
        var random = new byte[bytes];
        _random.NextBytes(random);
        return Convert.ToHexStringLower(random);
    }
}

/// <summary>The proxy's connection to the pool.</summary>
internal sealed class PoolPeer(Socket socket, LoadLoop loop, LoadPool pool) : LinePeer(socket, loop)
{
    public bool IsAuthorised { get; private set; }

    public void SendJob() => Send(pool.Notify);

    protected override void OnLine(ReadOnlySpan<byte> line)
    {
        var id = Encoding.ASCII.GetString(IdOf(line));
        if (line.IndexOf("mining.submit"u8) >= 0)
        {
            pool.Shares++;
            Answer(id, "true");
        }
        else if (line.IndexOf("mining.configure"u8) >= 0)
        {
            Answer(id, """{"version-rolling":true,"version-rolling.mask":"1fffe000"}""");
        }
        else if (line.IndexOf("mining.subscribe"u8) >= 0)
        {
            Answer(id, """[[["mining.notify","1"]],"0a0b0c0d",8]""");
        }
        else
        {
            Answer(id, "true");
            if (line.IndexOf("mining.authorize"u8) >= 0)
            {
                Send(Encoding.ASCII.GetBytes(
                    $$"""{"id":null,"method":"mining.set_difficulty","params":[{{pool.Difficulty}}]}""" + "\n"));
                SendJob();
                IsAuthorised = true;
            }
        }
    }

    private void Answer(string id, string result) =>
        Send(Encoding.ASCII.GetBytes($$"""{"id":{{id}},"result":{{result}},"error":null}""" + "\n"));
}
