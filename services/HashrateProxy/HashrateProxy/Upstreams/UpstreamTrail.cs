using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>What the log says of one destination's connections: jobs, difficulties and answers.</summary>
internal sealed class UpstreamTrail(
    ContractId? contractId, PoolTarget target, Algorithm algorithm, ProofRecorder records)
{
    private readonly DestinationId? _destination = contractId is null ? null : target.Id;
    private long _connection;
    private Difficulty? _difficulty;

    /// <summary>Another connection from now on.</summary>
    public void Connect() => (_connection, _difficulty) = (records.TakeNumber(), null);

    /// <returns>The number of the job's record; null while the log has no room for it.</returns>
    public long? Notify(PoolSession session, PoolJob job, Difficulty difficulty)
    {
        var stamp = ProofRecorder.StampOf(contractId);
        if (_difficulty != difficulty)
        {
            _difficulty = difficulty;
            records.Append(new DifficultyChangeRecord(stamp, StratumLeg.Upstream, _connection, difficulty));
        }

        return records.Append(new PoolJobRecord(
            stamp, _destination, _connection, algorithm, job, session.Extranonce, difficulty, session.VersionMask));
    }

    /// <summary>Of a contract; for its owner's own pool nothing is borne.</summary>
    public void Refuse(DateTimeOffset minuteAt, bool isByOurFault, Work work, Work allowance)
    {
        if (contractId is { } contract)
        {
            records.Append(new RefusedWorkRecord(contract, minuteAt, isByOurFault, work, allowance));
        }
    }

    public void Answer(UpstreamShare share, PoolAnswerKind answer, StratumError error = default)
    {
        if (share.Number is { } number)
        {
            records.Append(
                new PoolAnswerRecord(ProofRecorder.StampOf(contractId), number, answer, error.Code, error.Text ?? ""));
        }
    }
}
