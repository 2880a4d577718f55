using Marketplace.Messages.HashrateProxy;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Metering;

/// <summary>What one contract got in one minute, while the minute is open. Guarded by its meter's lock.</summary>
internal sealed class MinuteAccount(DateTimeOffset minuteAt)
{
    /// <summary>
    /// Names of their own in one reading, so that it fits into the log and a message; the rest is one sum.
    /// </summary>
    public const int MaxWorkers = 2_000;

    private const string Others = "(others)";

    private readonly Dictionary<string, WorkerAccount> _workers = [];
    private readonly Dictionary<Fault, TimeSpan> _downtime = [];
    private int _poolAccepted;
    private int _poolRefused;
    private int _poolUnanswered;
    private UInt128 _disputedHashes;
    private UInt128 _unpaidHashes;
    private UInt128 _refusedByOurFaultHashes;

    public DateTimeOffset MinuteAt { get; } = minuteAt;

    public UInt128 AcceptedHashes { get; private set; }

    public void Count(string workerName, ShareVerdict verdict, Work work)
    {
        WorkerOf(workerName).Count(verdict, work);
        if (verdict == ShareVerdict.Accepted)
        {
            AcceptedHashes += work.Hashes;
        }
    }

    public void Count(PoolAnswerKind answer)
    {
        _poolAccepted += answer == PoolAnswerKind.Accepted ? 1 : 0;
        _poolRefused += answer == PoolAnswerKind.Refused ? 1 : 0;
        _poolUnanswered += answer == PoolAnswerKind.Unanswered ? 1 : 0;
    }

    public void CountDisputed(Work work) => _disputedHashes += work.Hashes;

    public void CountRefusedByOurFault(Work work) => _refusedByOurFaultHashes += work.Hashes;

    /// <summary>
    /// Work may come into doubt after its minute was sealed: a reading never takes back what an earlier one gave, so
    /// what is not paid is taken from work that came later.
    /// </summary>
    /// <param name="hashes">What is not to be paid, in all.</param>
    /// <returns>How much of it this minute has.</returns>
    public UInt128 TakeUnpaid(UInt128 hashes) => _unpaidHashes = UInt128.Min(hashes, AcceptedHashes);

    /// <summary>Undoes <see cref="TakeUnpaid"/>.</summary>
    public UInt128 GiveBackUnpaid()
    {
        var given = _unpaidHashes;
        _unpaidHashes = 0;
        return given;
    }

    /// <summary>
    /// An event kept the fleet from this contract for so long: the ground on which missing work is attributed.
    /// </summary>
    public void AddDowntime(Fault fault, TimeSpan duration) =>
        _downtime[fault] = _downtime.GetValueOrDefault(fault) + duration;

    public MeterReading ToReading(ReadingKey key, Work promised, Hashrate promisedRate, bool isLast) =>
        new(
            key.ContractId.Value,
            key.NodeName,
            key.Sequence,
            MinuteAt,
            Revision: 0,
            promised.Hashes,
            AcceptedHashes,
            MissingWorkSplit.Of(promised, new Work(AcceptedHashes), promisedRate, _downtime),
            [
                .. _workers.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => pair.Value.ToReading(pair.Key)),
            ],
            new PoolAnswers(_poolAccepted, _poolRefused, _poolUnanswered),
            new RefusedWork(_disputedHashes, _unpaidHashes, _refusedByOurFaultHashes),
            isLast);

    private WorkerAccount WorkerOf(string name)
    {
        if (_workers.TryGetValue(name, out var known))
        {
            return known;
        }

        if (_workers.Count >= MaxWorkers && name != Others)
        {
            return WorkerOf(Others);
        }

        var worker = new WorkerAccount();
        _workers.Add(name, worker);
        return worker;
    }

    private sealed class WorkerAccount
    {
        private UInt128 _acceptedHashes;
        private int _acceptedShares;

        /// <summary>Most workers have none in a minute.</summary>
        private Dictionary<ShareVerdict, RejectedReading>? _rejected;

        public void Count(ShareVerdict verdict, Work work)
        {
            if (verdict == ShareVerdict.Accepted)
            {
                (_acceptedHashes, _acceptedShares) = (_acceptedHashes + work.Hashes, _acceptedShares + 1);
                return;
            }

            _rejected ??= [];
            var before = _rejected.GetValueOrDefault(verdict) ?? new RejectedReading(0, 0);
            _rejected[verdict] = new RejectedReading(before.Hashes + work.Hashes, before.Shares + 1);
        }

        public WorkerReading ToReading(string name) => new(
            name, _acceptedHashes, _acceptedShares,
            _rejected?.ToDictionary(pair => VerdictNames.Of(pair.Key), pair => pair.Value) ?? []);
    }
}

internal readonly record struct ReadingKey(ContractId ContractId, string NodeName, long Sequence);
