using Marketplace.HashrateProxy.ShareLog;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// What the log says of one worker's connection. Whoever reads one contract's records sees no others, so a worker is
/// introduced, with its names, wherever it begins to hash. Guarded by its worker's lock.
/// </summary>
internal sealed class WorkerTrail(WorkerHandshake handshake, ProofRecorder records)
{
    private RigId _rig;
    private ContractId? _contract;
    private bool _isPlaced;
    private int _names;

    /// <summary>The connection's number on this node.</summary>
    public long Connection { get; } = records.TakeNumber();

    /// <summary>It belongs to a rig from now on.</summary>
    public void Join(RigId rig) => _rig = rig;

    /// <summary>It hashes for somebody else from now on; nothing is said where that is not so.</summary>
    public void Arrive(ContractId? contract, string reason)
    {
        if (_isPlaced && _contract == contract)
        {
            return;
        }

        Leave(reason);
        (_isPlaced, _contract, _names) = (true, contract, 0);
        Say(WorkerEvent.Connected, 0, "");
        SayNames();
        records.Append(
            new RouteChangeRecord(ProofRecorder.StampOf(contract), Connection, RouteDirection.Arrived, reason));
    }

    /// <summary>It hashes for nobody.</summary>
    public void Leave(string reason)
    {
        if (_isPlaced)
        {
            records.Append(
                new RouteChangeRecord(ProofRecorder.StampOf(_contract), Connection, RouteDirection.Left, reason));
            _isPlaced = false;
        }
    }

    /// <summary>Its connection ended.</summary>
    public void End()
    {
        if (_isPlaced)
        {
            Say(WorkerEvent.Gone, 0, "");
            Leave("disconnected");
        }
    }

    /// <summary>Names that were authorised meanwhile, before a share comes under one of them.</summary>
    public void SayNames()
    {
        for (; _isPlaced && _names < handshake.NameCount; _names++)
        {
            Say(WorkerEvent.Named, (byte)_names, RigLogin.WorkerOf(handshake.NameAt(_names)));
        }
    }

    private void Say(WorkerEvent what, byte nameNumber, string name) => records.Append(new WorkerRecord(
        ProofRecorder.StampOf(_contract), Connection, _rig, what, nameNumber, name, handshake.Firmware));
}
