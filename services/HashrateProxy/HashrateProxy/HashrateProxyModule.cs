using Marketplace.HashrateProxy.Certificates;
using Marketplace.HashrateProxy.Dialing;
using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Downstream.Admission;
using Marketplace.HashrateProxy.HeadHooks;
using Marketplace.HashrateProxy.Heads;
using Marketplace.HashrateProxy.Journal;
using Marketplace.HashrateProxy.Live;
using Marketplace.HashrateProxy.Messaging;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Nodes;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.HashrateProxy.PoolChecks;
using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.HashrateProxy.Wire.Sockets;
using Marketplace.Messages.Billing;
using Marketplace.Messages.Catalog;
using Marketplace.Messages.Ordering;
using Marketplace.ServiceDefaults;
using Marketplace.Stratum;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.HashrateProxy;

/// <summary>Stratum front, upstreams, routing, metering, share log, pool check.</summary>
public sealed class HashrateProxyModule : IServiceModule
{
    public string Name => "proxy";

    public void AddServices(ServiceBuilder service)
    {
        service.AddOptions<ProxyOptions>("Proxy").AddOptions<StratumOptions>("Stratum");
        service.AddDatabase<ProxyDbContext>()
            .AddConsumer<RigChanged, RigChangedConsumer>()
            .AddConsumer<ContractChanged, ContractChangedConsumer>()
            .AddConsumer<MeterReadingsAcknowledged, MeterReadingsAcknowledgedConsumer>()
            .AddConsumer<MeterReadingsRequested, MeterReadingsRequestedConsumer>();
        service.Services
            .AddPoolDialer()
            .AddSingleton<AwakeTime>()
            .AddSingleton<UpstreamServices>()
            .AddSingleton<UpstreamFactory>()
            .AddSingleton<RouterServices>()
            .AddSingleton<RigRouterFactory>()
            .AddSingleton<RouteBook>()
            .AddSingleton<NodeMemory>()
            .AddSingleton<NodeRestorer>()
            .AddSingleton<ISegmentFiles, DiskSegmentFiles>()
            .AddSingleton<ShareLogWriter>()
            .AddSingleton<ProofRecorder>()
            .AddSingleton<ReadingSealer>()
            .AddSingleton<HeadMemory>()
            .AddSingleton<HeadSealer>()
            .AddSingleton(
                provider => new CertificateBuilder(provider.GetRequiredService<ShareLogWriter>().Directory))
            .AddScoped<CertificateParts>()
            .AddSingleton<HookQueue>()
            .AddSingleton<HookSender>()
            .AddSingleton<SubmitDesk>()
            .AddSingleton<SplitTable>()
            .AddSingleton<SessionBook>()
            .AddSingleton<FirmwareBook>()
            .AddSingleton<FrontServices>()
            .AddSingleton<FrontMetrics>()
            .AddSingleton<Doorkeeper>()
            .AddSingleton<TrustedProxies>()
            .AddSingleton<TlsCertificate>()
            .AddSingleton<ConnectionOpener>()
            .AddSingleton<ConnectionHost>()
            .AddSingleton<PoolCheckup>()
            .AddSingleton<SocketLoop>()
            .AddSingleton<LoopListenerFactory>()
            .AddSingleton<PoolChecker>()
            .AddSingleton<LiveViews>()
            .AddSingleton<LiveSeats>()
            .AddSingleton<LiveStreams>()
            .AddScoped<LiveAccess>();
        NodeLink.AddTo(service.Services);
        service.AddLoop<NodeJournal>()
            .AddLoop<StratumFront>()
            .AddLoop<SessionWatch>()
            .AddLoop<RoutingLoop>()
            .AddLoop<MinuteLoop>()
            .AddLoop<HeadLoop>()
            .AddLoop<HookLoop>()
            .AddLoop<NodeSync>()
            .AddLoop<NodeAnnouncer>()
            .AddLoop<ShareLogRetention>()
            .AddLoop<ShareLogSyncLoop>()
            .AddLoop<LivePublisher>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapPoolChecks();
        routes.MapLive();
        routes.MapHeads();
        routes.MapHeadHooks();
        routes.MapCertificates();
        routes.MapShareLog();
    }
}
