using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Marketplace.EndToEnd.Tests;

/// <summary>The Redis that others started in this folder: it can be killed, and be started again as it was.</summary>
internal sealed class RedisServer(string folder) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private Process? _startedHere;

    /// <summary>Ends it as a power cut would (SIGKILL), with all that it holds.</summary>
    public async Task KillAsync()
    {
        var id = await File.ReadAllTextAsync(Path.Combine(folder, "pid"));
        using var redis = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
        redis.Kill();
        await Eventually.TrueAsync(async () => !await AnswersAsync(), Limit);
    }

    public async Task StartAsync()
    {
        _startedHere = Process.Start(new ProcessStartInfo("redis-server", [Path.Combine(folder, "redis.conf")])
        {
            RedirectStandardOutput = true,
        });
        await Eventually.TrueAsync(AnswersAsync, Limit);
    }

    public void Dispose()
    {
        _startedHere?.Kill();
        _startedHere?.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        var port = await File.ReadAllTextAsync(Path.Combine(folder, "port"));
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
