using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Marketplace.Benchmarks.Node;

/// <summary>haproxy on one thread, relaying bytes between a port of its own and another one.</summary>
internal sealed class HaproxyProcess : IDisposable
{
    private const string Program = "/usr/sbin/haproxy";

    private readonly string _settings = Path.GetTempFileName();
    private readonly Process _process;

    public HaproxyProcess(int targetPort)
    {
        Port = FreePort();
        File.WriteAllText(_settings, $"""
            global
              nbthread 1
              maxconn 6000
            defaults
              mode tcp
              timeout connect 10s
              timeout client 1h
              timeout server 1h
            listen relay
              bind 127.0.0.1:{Port} backlog 4096
              server far 127.0.0.1:{targetPort}

            """);
        _process = Process.Start(new ProcessStartInfo(Program, ["-db", "-q", "-f", _settings]))!;
        Usage = new ProcessUsage(_process.Id);
    }

    public int Port { get; }

    public ProcessUsage Usage { get; }

    public bool Answers()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(_settings);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
