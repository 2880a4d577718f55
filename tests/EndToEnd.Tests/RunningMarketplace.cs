using Marketplace.Simulators.MainLine;

namespace Marketplace.EndToEnd.Tests;

/// <summary>
/// The marketplace under test: the one the environment names, in whatever topology it runs, or else a Standalone
/// started for this test.
/// </summary>
public sealed class RunningMarketplace : IAsyncLifetime
{
    private StandaloneProcess? _standalone;

    public MainLineOptions Line { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (Surroundings.AreSet)
        {
            var named = Surroundings.FromEnvironment();
            Line = new MainLineOptions { Address = named.Address, Stratum = named.Stratum };
            return;
        }

        _standalone = new StandaloneProcess();
        await _standalone.StartAsync();
        Line = _standalone.Line;
    }

    public string LogTail() => _standalone?.LogTail() ?? "";

    public ValueTask DisposeAsync() => _standalone?.DisposeAsync() ?? ValueTask.CompletedTask;
}
