using Marketplace.HashrateProxy.Downstream.Admission;
using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.ShareLog;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>What every worker's session shares.</summary>
internal sealed class FrontServices(
    RouteBook book,
    SubmitDesk desk,
    ProofRecorder records,
    SessionBook sessions,
    FirmwareBook firmwares,
    Doorkeeper door,
    TimeProvider time,
    IOptions<StratumOptions> options)
{
    public RouteBook Book => book;

    public SubmitDesk Desk => desk;

    public ProofRecorder Records => records;

    public SessionBook Sessions => sessions;

    public FirmwareBook Firmwares => firmwares;

    public Doorkeeper Door => door;

    public TimeProvider Time => time;

    public int SubmitsPerSecond => options.Value.SubmitsPerSecond;

    public TimeSpan HandshakeTime { get; } = TimeSpan.FromSeconds(options.Value.HandshakeSeconds);
}
