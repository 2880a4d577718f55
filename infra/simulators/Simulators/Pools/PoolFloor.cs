using Marketplace.Simulators.ProofOfWork;

namespace Marketplace.Simulators.Pools;

/// <summary>The jobs of a pool and its verdict on a share: what every connection of the pool shares.</summary>
internal sealed class PoolFloor(PoolSettings settings, PoolTally tally, TimeProvider time)
{
    private readonly JobFactory _factory = new(settings, time);
    private PoolFailures _failures = settings.Failures;
    private int _jobCount;
    private PoolBlock? _leftBlock;

    public PoolSettings Settings => settings;

    public PoolTally Tally => tally;

    public TimeProvider Time => time;

    public PoolFailures Failures
    {
        get => Volatile.Read(ref _failures);
        set => Volatile.Write(ref _failures, value);
    }

    public PoolJob? Current { get; private set; }

    /// <summary>Replaces the current job; true when the jobs before it are void.</summary>
    public bool NextJob(bool sameBlockButClean)
    {
        var isNewBlock = Current is null || (settings.JobsPerBlock > 0 && _jobCount % settings.JobsPerBlock == 0);
        _jobCount++;
        _leftBlock = isNewBlock ? Current?.Block ?? _leftBlock : _leftBlock;
        Current = _factory.NewJob(isNewBlock || Current is null ? _factory.NewBlock() : Current.Block);
        return isNewBlock || sameBlockButClean || settings.EveryJobIsClean;
    }

    /// <summary>A job on a block that the pool has left.</summary>
    public PoolJob OldJob() => _factory.NewJob(_leftBlock ?? _factory.NewBlock());

    /// <summary>A job of its own for one connection, on the current block.</summary>
    public PoolJob JobForOne() => _factory.NewJob(Current!.Block);

    /// <summary>The verdict on a share of a job that this connection was sent.</summary>
    public ShareVerdict Judge(SubmittedShare share, IssuedJob issued)
    {
        var result = ShareCheck.Check(share, issued, settings.Algorithm);
        if (!result.Verdict.IsAccepted)
        {
            return result.Verdict;
        }

        if (settings.Algorithm.IsPoolAttested && settings.Attests?.Invoke(result.Hash) == false)
        {
            return ShareVerdict.LowDifficulty;
        }

        if (issued.Job.Block.IsFull)
        {
            return ShareVerdict.Stale;
        }

        if (!issued.Job.Block.TryCredit(result.Hash))
        {
            return ShareVerdict.Duplicate;
        }

        if (result.Hash <= PlainProofOfWork.NetworkTarget(issued.Job.NetworkBits))
        {
            tally.BlockFound();
        }

        var nth = Failures.RefusesEveryNthShare;
        return nth > 0 && tally.NextValidShare() % nth == 0
            ? ShareVerdict.Refused with { Text = Failures.RefusalText }
            : ShareVerdict.Accepted;
    }

    public Work WorkOf(IssuedJob issued) => PlainProofOfWork.WorkOf(
        PlainProofOfWork.Target(issued.Difficulty, settings.Algorithm), settings.Algorithm);
}
