using Marketplace.Messages.HashrateProxy;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Metering;

/// <summary>
/// Counts one contract on this node: open minutes for the books, totals and windows for display. Called from the
/// connections' loops and the clock; every member takes the lock.
/// </summary>
internal sealed class ContractMeter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ShareVerdict, long> _sharesByVerdict = [];
    private readonly SortedDictionary<DateTimeOffset, MinuteAccount> _openMinutes = [];
    private readonly WorkWindow _window;
    private readonly long[] _poolAnswers = new long[3];
    private UInt128 _provedHashes;

    public ContractMeter(DateTimeOffset startedAt) => _window = new WorkWindow(startedAt);

    public DateTimeOffset? LastShareAt { get; private set; }

    public DateTimeOffset? FirstPoolAcceptedAt { get; private set; }

    public Work Proved
    {
        get
        {
            lock (_gate)
            {
                return new Work(_provedHashes);
            }
        }
    }

    /// <summary>The newest minute in which anything was counted and that is not closed.</summary>
    public DateTimeOffset? NewestMinuteAt
    {
        get
        {
            lock (_gate)
            {
                return _openMinutes.Count == 0 ? null : _openMinutes.Keys.Last();
            }
        }
    }

    public void Count(string workerName, ShareVerdict verdict, Work work, DateTimeOffset at)
    {
        lock (_gate)
        {
            Minute(at).Count(workerName, verdict, work);
            _sharesByVerdict[verdict] = _sharesByVerdict.GetValueOrDefault(verdict) + 1;
            if (verdict == ShareVerdict.Accepted)
            {
                _provedHashes += work.Hashes;
                _window.Add(work, at);
                LastShareAt = at;
            }
        }
    }

    public void Count(PoolAnswerKind answer, DateTimeOffset at)
    {
        lock (_gate)
        {
            Minute(at).Count(answer);
            _poolAnswers[(int)answer]++;
            if (answer == PoolAnswerKind.Accepted)
            {
                FirstPoolAcceptedAt ??= at;
            }
        }
    }

    public void AddDowntime(Fault fault, TimeSpan duration, DateTimeOffset at)
    {
        lock (_gate)
        {
            Minute(at).AddDowntime(fault, duration);
        }
    }

    /// <summary>Work that sealed readings already carry, learnt again after a restart.</summary>
    public void Restore(Work sealedWork)
    {
        lock (_gate)
        {
            _provedHashes += sealedWork.Hashes;
        }
    }

    /// <summary>Takes the account of a minute out; an empty one where nothing happened. It can be taken once.</summary>
    public MinuteAccount Close(DateTimeOffset minuteAt)
    {
        lock (_gate)
        {
            return _openMinutes.Remove(minuteAt, out var account) ? account : new MinuteAccount(minuteAt);
        }
    }

    public MeterSnapshot Snapshot(DateTimeOffset now)
    {
        lock (_gate)
        {
            return new MeterSnapshot(
                new Work(_provedHashes),
                _window.Read(TimeSpan.FromMinutes(1), now),
                _window.Read(WorkWindow.Longest, now),
                _sharesByVerdict.ToDictionary(),
                new PoolAnswers(
                    (int)_poolAnswers[(int)PoolAnswerKind.Accepted],
                    (int)_poolAnswers[(int)PoolAnswerKind.Refused],
                    (int)_poolAnswers[(int)PoolAnswerKind.Unanswered]),
                FirstPoolAcceptedAt,
                LastShareAt);
        }
    }

    private MinuteAccount Minute(DateTimeOffset at)
    {
        var minuteAt = Minutes.Floor(at);
        if (!_openMinutes.TryGetValue(minuteAt, out var account))
        {
            _openMinutes.Add(minuteAt, account = new MinuteAccount(minuteAt));
        }

        return account;
    }
}

internal sealed record MeterSnapshot(
    Work Proved,
    WindowReading OneMinute,
    WindowReading FiveMinutes,
    IReadOnlyDictionary<ShareVerdict, long> SharesByVerdict,
    PoolAnswers PoolAnswers,
    DateTimeOffset? FirstPoolAcceptedAt,
    DateTimeOffset? LastShareAt);
