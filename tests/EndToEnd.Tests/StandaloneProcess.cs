using System.Diagnostics;
using System.Net;
using Marketplace.Client.Sessions;
using Marketplace.Simulators.MainLine;

namespace Marketplace.EndToEnd.Tests;

/// <summary>
/// Standalone as a process of its own, on free ports and fresh databases, with the demo world's settings and no more
/// than its public doors.
/// </summary>
internal sealed class StandaloneProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly string[] Services = ["identity", "catalog", "ordering", "billing", "proxy"];

    private readonly PostgresFixture _postgres = new();
    private readonly string _data = Directory.CreateTempSubdirectory("marketplace-standalone-").FullName;
    private readonly Dictionary<string, string> _environment = [];
    private readonly HttpClient _http = new();
    private Process? _process;

    public int StratumPort { get; } = FreePort.Next();

    public Uri Root { get; } = new($"http://127.0.0.1:{FreePort.Next()}/");

    public MainLineOptions Line => new()
    {
        Address = MarketplaceAddress.At(Root),
        Stratum = [new DnsEndPoint("127.0.0.1", StratumPort)],
    };

    private string LogPath => Path.Combine(_data, "standalone.log");

    public async Task StartAsync()
    {
        foreach (var service in Services)
        {
            _environment[$"ConnectionStrings__{service}"] = await _postgres.CreateDatabaseAsync();
        }

        _environment["Urls"] = Root.ToString().TrimEnd('/');
        _environment["Stratum__Port"] = $"{StratumPort}";
        _environment["Standalone__DataFolder"] = _data;
        _environment["DemoWorld__Enabled"] = "true";
        _environment["Payments__Sandbox"] = "true";
        _environment["Proxy__AllowPrivatePools"] = "true";
        _environment["Settlement__AccrualIntervalSeconds"] = "10";
        _environment["Identity__Staff__0__Email"] = DemoPeople.Finance.Email;
        _environment["Identity__Staff__0__Password"] = DemoPeople.Finance.Password;
        _environment["Identity__Staff__0__Role"] = "finance";
        _environment["Logging__LogLevel__Default"] = "Warning";
        await LaunchAsync();
    }

    /// <summary>Ends it as a power cut would (SIGKILL), and starts it again on what it left behind.</summary>
    public async Task KillAndStartAgainAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await LaunchAsync();
    }

    private async Task LaunchAsync()
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        var program = Path.Combine(Repository.Artifacts, "bin", "Standalone", configuration, "Marketplace.Standalone");
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec '{program}' >>'{LogPath}' 2>&1"]);
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        await Eventually.TrueAsync(IsReadyAsync, StartLimit);
    }

    public string LogTail() => File.Exists(LogPath) ? string.Join('\n', File.ReadLines(LogPath).TakeLast(40)) : "";

    public async ValueTask DisposeAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        await _postgres.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        _process!.HasExited.ShouldBeFalse(LogTail());
        try
        {
            using var answer = await _http.GetAsync(new Uri(Root, "health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
