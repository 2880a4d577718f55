using System.Diagnostics;

namespace Marketplace.Benchmarks.Node;

/// <summary>The proxy as a process of its own.</summary>
internal sealed class NodeProcess : IDisposable
{
    public const string Command = "node";

    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private int _unanswered;

    public NodeProcess()
    {
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Command)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Usage = new ProcessUsage(_process.Id);
        var greeting = Read();
        Port = int.Parse(greeting.Split(' ')[1]);
    }

    public int Port { get; }

    public ProcessUsage Usage { get; }

    /// <summary>Tells it something and goes on at once.</summary>
    public void Tell(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        _unanswered++;
    }

    /// <summary>Waits until it has done everything it was told.</summary>
    public void AwaitDone()
    {
        for (; _unanswered > 0; _unanswered--)
        {
            Read();
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(StopTime))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private string Read() =>
        _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The proxy's process has ended.");
}
