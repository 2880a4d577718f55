using Marketplace.HashrateProxy.ShareLog;
using Marketplace.Messages.HashrateProxy;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Metering;

/// <summary>
/// Counts one contract on this node: open minutes for the books, totals and windows for display. Called from the
/// connections' loops and the clock; every member takes the lock.
/// </summary>
internal sealed class ContractMeter
{
    private readonly Lock _gate = new();
    private readonly long[] _sharesByVerdict = new long[Enum.GetValues<ShareVerdict>().Length];
    private readonly SortedDictionary<DateTimeOffset, MinuteAccount> _openMinutes = [];
    private readonly WorkWindow _window;
    private readonly WorkWindow _confirmed;
    private readonly long[] _poolAnswers = new long[3];
    private readonly RefusalWords _refusalWords = new();
    private readonly BorneRefusals _refused = new();
    private UInt128 _provedHashes;
    private DateTimeOffset _openFrom = DateTimeOffset.MinValue;
    private int _awaitedShares;
    private bool _isOver;

    public ContractMeter(DateTimeOffset startedAt) =>
        (StartedAt, _window, _confirmed) = (startedAt, new WorkWindow(startedAt), new WorkWindow(startedAt));

    public DateTimeOffset StartedAt { get; }

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

    /// <summary>Since this node started.</summary>
    public long AcceptedShares
    {
        get
        {
            lock (_gate)
            {
                return _sharesByVerdict[(int)ShareVerdict.Accepted];
            }
        }
    }

    /// <summary>So many shares wait for the answer that may credit them.</summary>
    public int AwaitedShares
    {
        get
        {
            lock (_gate)
            {
                return _awaitedShares;
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

    /// <summary>
    /// Writes a share into the log and into its minute in one step: a reading that is sealed meanwhile counts it and
    /// stands behind it in the log, or does neither.
    /// </summary>
    /// <returns>Null when the log did not take it, so that it does not count.</returns>
    public RecordStamp? Record<TShare>(in TShare share, ShareLogWriter log)
        where TShare : ICountedShare, allows ref struct
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return log.Write(null, default, share, CountedShareRecord.Write);
            }

            var stamp = log.Write(share.ContractId, _openFrom, share, CountedShareRecord.Write);
            if (stamp is { At: var at })
            {
                Count(share.WorkerName, share.Verdict, share.Work, at);
            }

            return stamp;
        }
    }

    /// <summary>Writes down a share that its pool is to judge: nothing counts until it answers.</summary>
    /// <returns>Null when the log did not take it, so that it must not go up.</returns>
    public RecordStamp? Await(in AttestedShareRecord share, ShareLogWriter log)
    {
        lock (_gate)
        {
            var stamp = log.Write(
                _isOver ? null : share.Stamp.ContractId,
                default,
                share,
                static (body, in stamp, in share) => (share with { Stamp = stamp }).Write(body));
            _awaitedShares += stamp is null ? 0 : 1;
            return stamp;
        }
    }

    /// <summary>The pool has answered such a share, or never will: it counts in the minute of the answer.</summary>
    /// <returns>As <see cref="Record"/> does.</returns>
    public RecordStamp? RecordAnswer(in AnsweredShare share, ShareLogWriter log)
    {
        lock (_gate)
        {
            _awaitedShares--;
            return Record(share, log);
        }
    }

    public void Count(string workerName, ShareVerdict verdict, Work work, DateTimeOffset at)
    {
        lock (_gate)
        {
            Minute(at).Count(workerName, verdict, work);
            _sharesByVerdict[(int)verdict]++;
            if (verdict == ShareVerdict.Accepted)
            {
                _provedHashes += work.Hashes;
                _window.Add(work, at);
                LastShareAt = at;
            }
        }
    }

    /// <param name="answer">Of a pool to a share that went up to it.</param>
    /// <param name="error">Its words, of a refusal.</param>
    /// <param name="at">When it came.</param>
    public void Count(PoolAnswerKind answer, StratumError error, DateTimeOffset at)
    {
        lock (_gate)
        {
            Minute(at).Count(answer);
            _poolAnswers[(int)answer]++;
            if (answer == PoolAnswerKind.Refused)
            {
                _refusalWords.Count(error);
            }

            if (answer == PoolAnswerKind.Accepted)
            {
                FirstPoolAcceptedAt ??= at;
            }
        }
    }

    /// <summary>A pool took a share of this much work, at its own difficulty: for display.</summary>
    public void Confirm(Work work, DateTimeOffset at)
    {
        lock (_gate)
        {
            _confirmed.Add(work, at);
        }
    }

    /// <summary>Credited work that a pool refuses without a cause that could be checked.</summary>
    /// <param name="work">What came into doubt.</param>
    /// <param name="allowance">How much the contract bears by now.</param>
    /// <param name="at">When.</param>
    /// <param name="minuteAt">The minute it counts in.</param>
    /// <returns>False when the contract bears no more, see <see cref="BorneRefusals.Dispute"/>.</returns>
    public bool Dispute(Work work, Work allowance, DateTimeOffset at, out DateTimeOffset minuteAt)
    {
        lock (_gate)
        {
            var minute = Minute(at);
            minute.CountDisputed(work);
            minuteAt = minute.MinuteAt;
            return _refused.Dispute(work, allowance);
        }
    }

    /// <summary>Credited work that a pool refuses for what we sent it: the marketplace pays.</summary>
    /// <inheritdoc cref="Dispute"/>
    /// <returns>False when it bears no more, see <see cref="BorneRefusals.CountByOurFault"/>.</returns>
    public bool CountRefusedByOurFault(Work work, Work allowance, DateTimeOffset at, out DateTimeOffset minuteAt)
    {
        lock (_gate)
        {
            var minute = Minute(at);
            minute.CountRefusedByOurFault(work);
            minuteAt = minute.MinuteAt;
            return _refused.CountByOurFault(work, allowance);
        }
    }

    /// <summary>An event kept the fleet from this contract in [from, to), which may lie in several minutes.</summary>
    public void AddDowntime(Fault fault, DateTimeOffset from, DateTimeOffset to)
    {
        lock (_gate)
        {
            for (var minuteAt = Minutes.Floor(from); minuteAt < to; minuteAt += Minutes.Length)
            {
                Minute(minuteAt).AddDowntime(fault, Minutes.Overlap(minuteAt, from, to));
            }
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

    /// <summary>Takes the account of a minute out; an empty one where nothing happened.</summary>
    /// <param name="minuteAt">Which.</param>
    /// <param name="isLast">What still comes is nobody's.</param>
    public MinuteAccount Close(DateTimeOffset minuteAt, bool isLast = false)
    {
        lock (_gate)
        {
            _isOver = isLast;
            OpenFrom(minuteAt + Minutes.Length);
            var account = _openMinutes.Remove(minuteAt, out var open) ? open : new MinuteAccount(minuteAt);
            _refused.ChargeTo(account);
            return account;
        }
    }

    /// <summary>
    /// The account of a closed minute that could not be sealed; it is taken out again later, as it is.
    /// </summary>
    public void PutBack(MinuteAccount account)
    {
        lock (_gate)
        {
            _refused.TakeBackFrom(account);
            _isOver = false;
            _openMinutes.Add(account.MinuteAt, account);
        }
    }

    /// <summary>For work that nobody is sent a reading of.</summary>
    public void DropMinutesBefore(DateTimeOffset minuteAt)
    {
        lock (_gate)
        {
            OpenFrom(minuteAt);
            foreach (var over in _openMinutes.Keys.TakeWhile(key => key < minuteAt).ToList())
            {
                _openMinutes.Remove(over);
            }
        }
    }

    public MeterSnapshot Snapshot(DateTimeOffset now)
    {
        lock (_gate)
        {
            return new MeterSnapshot(
                new Work(_provedHashes),
                _window.ReadShown(now),
                _confirmed.ReadShown(now),
                Enum.GetValues<ShareVerdict>().Where(verdict => _sharesByVerdict[(int)verdict] > 0)
                    .ToDictionary(verdict => verdict, verdict => _sharesByVerdict[(int)verdict]),
                new PoolAnswers(
                    (int)_poolAnswers[(int)PoolAnswerKind.Accepted],
                    (int)_poolAnswers[(int)PoolAnswerKind.Refused],
                    (int)_poolAnswers[(int)PoolAnswerKind.Unanswered]),
                _refusalWords.ToDictionary(),
                FirstPoolAcceptedAt,
                LastShareAt);
        }
    }

    private void OpenFrom(DateTimeOffset minuteAt) => _openFrom = minuteAt > _openFrom ? minuteAt : _openFrom;

    /// <summary>A minute is closed once: what comes late for it belongs to the next one.</summary>
    private MinuteAccount Minute(DateTimeOffset at)
    {
        var minuteAt = Minutes.Floor(at < _openFrom ? _openFrom : at);
        if (!_openMinutes.TryGetValue(minuteAt, out var account))
        {
            _openMinutes.Add(minuteAt, account = new MinuteAccount(minuteAt));
        }

        return account;
    }
}
