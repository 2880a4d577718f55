using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Marketplace.HashrateProxy.Downstream.Admission;
using Marketplace.ServiceDefaults.Security;
using Marketplace.Simulators.Pools;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.HashrateProxy.Tests.Line;

/// <summary>
/// A proxy with narrow limits, TLS, and a balancer that is trusted at 127.0.0.1; other loopback addresses are
/// strangers.
/// </summary>
public sealed class GuardedWorld : ProxyWorld
{
    public const int PerAddress = 20;
    public const int PerRig = 3;
    public const int SubmitsPerSecond = 20;

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _closed = new();

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Stratum:TlsPort"] = "0",
        ["Stratum:CertificateFile"] = Path.Combine(Folder, "crt.pem"),
        ["Stratum:CertificateKeyFile"] = Path.Combine(Folder, "key.pem"),
        ["Stratum:TrustedProxies:0"] = "127.0.0.1/32",
        ["Stratum:MaxConnectionsPerAddress"] = $"{PerAddress}",
        ["Stratum:MaxConnectionsPerRig"] = $"{PerRig}",
        ["Stratum:HandshakeSeconds"] = "30",
        ["Stratum:SubmitsPerSecond"] = $"{SubmitsPerSecond}",
    };

    public override async ValueTask InitializeAsync()
    {
        await CertificateFiles.EnsureSelfSignedAsync(
            Path.Combine(Folder, "crt.pem"), Path.Combine(Folder, "key.pem"), TimeProvider.System,
            TestContext.Current.CancellationToken);
        await base.InitializeAsync();
        var ours = Services.GetRequiredService<IMeterFactory>().Create(FrontMetrics.MeterName);
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            _closed.AddOrUpdate($"{tags[0].Value}", value, (_, sum) => sum + value));
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == ours && instrument.Name == FrontMetrics.ClosedName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.Start();
    }

    /// <summary>How many connections ended for this reason, as the metrics say.</summary>
    public long Closed(string reason) => _closed.GetValueOrDefault(reason);

    public async Task<string> NewLoginAsync()
    {
        var own = NewPool(
            new PoolSettings { CoinbaseText = "own", Difficulty = Difficulty.Of(1_000), EasiestDifficulty = null });
        return (await NewRigAsync(own, Hashrate.FromTerahashes(100))).Login;
    }
}
