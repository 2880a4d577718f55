using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Marketplace.ServiceDefaults.Telemetry;

/// <summary>
/// Traces and metrics to <c>Telemetry:OtlpEndpoint</c> (a URI, gRPC); nothing is collected while it is not set.
/// </summary>
internal sealed class TelemetryProviders(IConfiguration configuration, ServiceRegistry registry)
    : IHostedService, IDisposable
{
    private TracerProvider? _tracer;
    private MeterProvider? _meter;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration["Telemetry:OtlpEndpoint"] is { Length: > 0 } endpoint)
        {
            var address = new Uri(endpoint);
            var resource = ResourceBuilder.CreateDefault()
                .AddService("marketplace-" + string.Join('-', registry.Modules.Select(module => module.Name)));
            _tracer = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
                .AddSource("Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "MassTransit", "Marketplace.*")
                .AddOtlpExporter(exporter => Send(exporter, address))
                .Build();
            _meter = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
                .AddMeter(
                    "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http",
                    "System.Runtime", "Npgsql", "MassTransit", "Marketplace.*")
                .AddOtlpExporter(exporter => Send(exporter, address))
                .Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _tracer?.Dispose();
        _meter?.Dispose();
    }

    private static void Send(OtlpExporterOptions exporter, Uri address) => exporter.Endpoint = address;
}
