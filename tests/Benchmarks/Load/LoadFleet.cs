using System.Net;
using System.Net.Sockets;

namespace Marketplace.Benchmarks.Load;

/// <summary>Many workers of one rig, on the one thread of their loop.</summary>
internal sealed class LoadFleet(LoadLoop loop) : IDisposable
{
    /// <summary>Fewer than a listener's backlog, so that none waits for a second try.</summary>
    private const int ConnectedAtOnce = 100;

    private readonly List<LoadWorker> _workers = [];
    private int _next;

    public LoadTally Tally { get; } = new();

    public int Count => _workers.Count;

    /// <summary>Connects workers and waits until each has a job.</summary>
    public void LogIn(int port, string login, int count) =>
        Connect(port, login, count, worker => worker.LogIn(), worker => worker.HasJob);

    /// <summary>Connects to what only passes lines on.</summary>
    public void ConnectBlindly(int port, string login, int count) =>
        Connect(port, login, count, worker => worker.Invent(), worker => worker.HasJob);

    /// <summary>Every worker in turn, evenly over the time; returns when all shares are answered.</summary>
    public void SubmitShares(int sharesPerSecond, TimeSpan time)
    {
        Tally.Reset();
        var startedAt = TimeProvider.System.GetTimestamp();
        var submitted = 0L;
        for (var elapsed = TimeSpan.Zero; elapsed < time; elapsed = TimeProvider.System.GetElapsedTime(startedAt))
        {
            for (var due = sharesPerSecond * elapsed.Ticks / TimeSpan.TicksPerSecond; submitted < due; submitted++)
            {
                _workers[_next++ % _workers.Count].SubmitShare();
            }

            loop.Poll(1);
        }

        loop.PollUntil(() => Tally.Answered == Tally.Sent, "every share is answered");
    }

    public bool AllHave(string blockStart) => _workers.TrueForAll(worker => worker.BlockStart == blockStart);

    /// <summary>How long after an instant each worker's newest job came.</summary>
    public IReadOnlyList<TimeSpan> JobsAfter(long timestamp) =>
        _workers.ConvertAll(worker => TimeProvider.System.GetElapsedTime(timestamp, worker.JobAt));

    public bool AllAreConnected => _workers.TrueForAll(worker => !worker.IsClosed);

    public void Dispose() => _workers.ForEach(worker => worker.Dispose());

    private void Connect(int port, string login, int count, Action<LoadWorker> greet, Func<LoadWorker, bool> isReady)
    {
        for (var started = 0; started < count; started += ConnectedAtOnce)
        {
            var group = Enumerable.Range(started, Math.Min(ConnectedAtOnce, count - started))
                .Select(number => Connect(port, $"{login}.w{number:d5}"))
                .ToList();
            group.ForEach(greet);
            loop.PollUntil(() => group.TrueForAll(worker => isReady(worker)), "every worker has a job");
        }
    }

    private LoadWorker Connect(int port, string name)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        var worker = new LoadWorker(socket, loop, name, Tally);
        _workers.Add(worker);
        return worker;
    }
}
