using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.ServiceDefaults.LiveState;
using Marketplace.ServiceDefaults.Loops;
using Marketplace.Stratum.Proof;
using Microsoft.Extensions.Logging;

namespace Marketplace.HashrateProxy.Heads;

/// <summary>
/// Closes every contract's minutes under signed roots. It reads what is on the disk, and nothing else: so what it signs
/// is what can be shown later, and a restart reads the same again.
/// </summary>
internal sealed class HeadLoop(
    NodeRestorer restorer,
    HeadMemory memory,
    HeadSealer sealer,
    ShareLogWriter log,
    ILiveState live,
    TimeProvider time,
    ILogger<HeadLoop> logger) : ISupervisedLoop
{
    /// <summary>A minute is closed so long after it began.</summary>
    public static readonly TimeSpan CloseAfter = TimeSpan.FromSeconds(90);

    /// <summary>Jobs that records of an open minute may refer to.</summary>
    private static readonly TimeSpan JobTime = 2 * JobBook.MaxJobAge;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A few minutes, so that a follower who was away for a moment misses nothing.</summary>
    private static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(5);

    private readonly Dictionary<ContractId, ContractChain> _chains = [];
    private LogPosition? _readTo;

    /// <summary>All minutes before it are closed.</summary>
    private DateTimeOffset _openFromAt = DateTimeOffset.UnixEpoch;

    /// <summary>What was written before is not read again by this loop.</summary>
    public DateTimeOffset NeededFromAt =>
        _openFromAt > DateTimeOffset.UnixEpoch ? _openFromAt - JobTime : DateTimeOffset.UnixEpoch;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await restorer.WhenRestoredAsync(cancellationToken);
        if (_readTo is null)
        {
            var unfinished = await memory.UnfinishedAsync(sealer.NodeName, cancellationToken);
            var since = BeginOf(unfinished);
            Recall(since, unfinished, await memory.KnownSinceAsync(sealer.NodeName, since, cancellationToken));
        }

        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var (contract, head) in CloseMinutes(time.GetUtcNow()))
            {
                await live.SetAsync(
                    HeadGroups.Of(contract), sealer.NodeName, head.ToText(), TimeToLive, cancellationToken);
            }
        }
    }

    /// <summary>Where an earlier run stopped, and the jobs before that.</summary>
    /// <param name="unfinished">The last head of each contract that goes on.</param>
    public DateTimeOffset BeginOf(IReadOnlyList<MinuteHead> unfinished)
    {
        var earlierRun = LogSegments.In(log.Directory).SkipLast(1).LastOrDefault()?.StartedAt;
        return unfinished.Select(head => head.MinuteAt).Append(earlierRun ?? time.GetUtcNow()).Min() - JobTime;
    }

    /// <summary>Takes up the chains of an earlier run, and tells what it sealed and nobody heard of.</summary>
    /// <param name="since">From where on to read.</param>
    /// <param name="unfinished">The last head of each contract that goes on.</param>
    /// <param name="known">The highest index of each contract that was told since then.</param>
    public void Recall(
        DateTimeOffset since, IReadOnlyList<MinuteHead> unfinished, IReadOnlyDictionary<ContractId, long> known)
    {
        foreach (var head in unfinished)
        {
            _chains[head.ContractId] = new ContractChain(head.ContractId, sealer.NodeName, head);
        }

        _readTo = new LogPosition(LogSegments.Since(log.Directory, since).First().Number, 0);
        ReadOn(log.Sync(), (signed, head) =>
        {
            if (head.Index > known.GetValueOrDefault(head.ContractId, -1))
            {
                sealer.Tell(signed, head);
            }
        });
    }

    /// <summary>Reads on in the log and closes what is due.</summary>
    /// <returns>The new heads.</returns>
    public IReadOnlyList<(ContractId ContractId, SignedHead Head)> CloseMinutes(DateTimeOffset now)
    {
        var through = Minutes.Floor(now - CloseAfter);
        if (through < _openFromAt || log.IsFull)
        {
            return [];
        }

        log.OpenFrom(through + Minutes.Length);
        ReadOn(log.Sync(), retell: null);
        var closed = new List<(ContractId, SignedHead)>();
        foreach (var (contract, chain) in _chains)
        {
            while (chain.Next(through, now) is { } head)
            {
                if (sealer.TrySeal(head) is not { } signed)
                {
                    return closed;
                }

                chain.Accept(head);
                closed.Add((contract, signed));
            }
        }

        _openFromAt = through + Minutes.Length;
        Forget(now);
        return closed;
    }

    private void ReadOn(LogPosition until, Action<SignedHead, MinuteHead>? retell)
    {
        _readTo ??= new LogPosition(1, 0);
        foreach (var entry in ShareLogReader.Read(log.Directory, _readTo.Value, until))
        {
            try
            {
                Read(entry, retell);
            }
            catch (RecordFormatException broken)
            {
                logger.LogCritical(broken, "The record at {Position} cannot be proved", entry.Position);
            }

            _readTo = entry.End;
        }
    }

    private void Read(LogEntry entry, Action<SignedHead, MinuteHead>? retell)
    {
        switch (entry.Kind)
        {
            case LogRecordKind.SealedHead:
                var signed = SealedHeadRecord.Read(entry.Body);
                var head = signed.ToHead();
                ChainOf(head.ContractId).Accept(head);
                retell?.Invoke(signed, head);
                break;
            case LogRecordKind.ContractClosed:
                var closed = ContractClosedRecord.Read(entry.Body);
                ChainOf(closed.ContractId).End(closed.At);
                break;
            default:
                var proof = LogRecordKinds.ProofIn(entry).Span;
                if (!proof.IsEmpty && RecordStamp.Of(proof).ContractId is { } contract)
                {
                    ChainOf(contract).Add(proof);
                }

                break;
        }
    }

    private ContractChain ChainOf(ContractId contract)
    {
        if (!_chains.TryGetValue(contract, out var chain))
        {
            _chains.Add(contract, chain = new ContractChain(contract, sealer.NodeName, last: null));
        }

        return chain;
    }

    /// <summary>A finished contract is remembered for as long as its jobs.</summary>
    private void Forget(DateTimeOffset now)
    {
        foreach (var (contract, chain) in _chains)
        {
            if (chain.IsOver && now - chain.Last!.MinuteAt > JobTime)
            {
                _chains.Remove(contract);
            }
        }
    }
}

internal static class HeadGroups
{
    public static string Of(ContractId contract) => $"minute-heads:{contract}";
}
