using Marketplace.HashrateProxy.Allocation;
using Marketplace.HashrateProxy.Journal;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.Messages.Catalog;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Routing;

/// <summary>What every rig's router shares.</summary>
internal sealed class RouterServices(
    UpstreamFactory upstreams,
    NodeJournal journal,
    TimeProvider time,
    IOptions<ProxyOptions> options,
    ILogger<RigRouter> logger)
{
    public ILogger Logger => logger;

    public UpstreamFactory Upstreams => upstreams;

    public NodeJournal Journal => journal;

    public TimeProvider Time => time;

    public string NodeName => options.Value.NodeName;

    public AllocationPolicy Policy { get; } = new(
        TimeSpan.FromSeconds(options.Value.MinSliceSeconds),
        options.Value.TolerancePerMille,
        options.Value.MaxSwitchesPerHour);
}

internal sealed class RigRouterFactory(RouterServices services)
{
    public RigRouter Create(RigChanged rig) => new(rig, services);
}
