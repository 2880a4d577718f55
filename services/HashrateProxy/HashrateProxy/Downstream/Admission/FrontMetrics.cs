using System.Diagnostics.Metrics;

namespace Marketplace.HashrateProxy.Downstream.Admission;

/// <summary>Counts connections: how many are open, and of those that ended how many for which reason.</summary>
internal sealed class FrontMetrics
{
    public const string MeterName = "Marketplace.HashrateProxy";
    public const string ClosedName = "marketplace.stratum.connections.closed";
    public const string ReasonTag = "reason";

    private readonly UpDownCounter<long> _open;
    private readonly Counter<long> _closed;

    public FrontMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _open = meter.CreateUpDownCounter<long>("marketplace.stratum.connections.open", "{connection}");
        _closed = meter.CreateCounter<long>(ClosedName, "{connection}", "Connections that ended, by reason.");
    }

    public void Opened() => _open.Add(1);

    public void Closed(ClosingReason reason)
    {
        _open.Add(-1);
        _closed.Add(1, new KeyValuePair<string, object?>(ReasonTag, ClosingReasons.NameOf(reason)));
    }
}
