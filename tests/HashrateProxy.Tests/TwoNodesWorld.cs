using Marketplace.HashrateProxy.Downstream;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.HashrateProxy.Tests;

/// <summary>
/// Two nodes of the proxy on one database, each with a Stratum port, a share log and a key of its own.
/// </summary>
public sealed class TwoNodesWorld : ProxyWorld
{
    private WebApplication? _second;

    public IServiceProvider SecondServices => _second!.Services;

    public int SecondStratumPort => SecondServices.GetRequiredService<StratumFront>().EndPoint!.Port;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _second = await StartNodeAsync("node-2", stratumPort: 0);
    }

    /// <summary>The second node ends, and its announced address answers no more.</summary>
    public async Task StopSecondAsync()
    {
        if (_second is { } second)
        {
            _second = null;
            await second.StopAsync();
            await second.DisposeAsync();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await StopSecondAsync();
        await base.DisposeAsync();
    }
}
