using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Heads;

/// <summary>
/// The minutes of one contract on this node while their records are read out of the log, in its order, and the head of
/// the last one that is closed.
/// </summary>
/// <param name="contractId">Whose.</param>
/// <param name="nodeName">Where.</param>
/// <param name="last">The last head there is; null before the first.</param>
internal sealed class ContractChain(ContractId contractId, string nodeName, MinuteHead? last)
{
    /// <summary>So long after a contract is closed its pools may still answer.</summary>
    public static readonly TimeSpan AnswerTime = Upstream.LingerTime + TimeSpan.FromSeconds(15);

    private readonly JobBook _jobs = new();
    private readonly SortedDictionary<DateTimeOffset, OpenMinute> _open = [];
    private DateTimeOffset? _lastMinuteAt;

    public MinuteHead? Last { get; private set; } = last;

    /// <summary>No further minute will be closed.</summary>
    public bool IsOver => Last is { IsLast: true };

    /// <summary>
    /// The next record of this contract. Of a minute that is closed only jobs and shares without an answer are
    /// remembered.
    /// </summary>
    /// <exception cref="RecordFormatException">It refers to what is not recorded.</exception>
    public void Add(ReadOnlySpan<byte> body)
    {
        var minuteAt = Minutes.Floor(RecordStamp.Of(body).At);
        if (Last is not null && minuteAt <= Last.MinuteAt)
        {
            Remember(body);
            return;
        }

        if (!_open.TryGetValue(minuteAt, out var minute))
        {
            _open.Add(minuteAt, minute = new OpenMinute());
        }

        minute.Add(body, _jobs);
    }

    /// <summary>The contract is closed: its last minute is the one in which the last answer can come.</summary>
    public void End(DateTimeOffset closedAt) => _lastMinuteAt ??= Minutes.Floor(closedAt + AnswerTime);

    /// <summary>The head of the next minute, which is complete; null when that is not over yet.</summary>
    /// <param name="through">The last minute that is complete.</param>
    /// <param name="closedAt">The present.</param>
    public MinuteHead? Next(DateTimeOffset through, DateTimeOffset closedAt)
    {
        if (IsOver || NextMinuteAt is not { } minuteAt || minuteAt > through)
        {
            return null;
        }

        var minute = _open.GetValueOrDefault(minuteAt) ?? new OpenMinute();
        return minute.Close(contractId, nodeName, minuteAt, Last, closedAt, isLast: minuteAt >= _lastMinuteAt);
    }

    /// <summary>This head is sealed, now or in an earlier run.</summary>
    public void Accept(MinuteHead head)
    {
        if (Last is not null && head.Index <= Last.Index)
        {
            return;
        }

        Last = head;
        foreach (var closed in _open.Keys.TakeWhile(minuteAt => minuteAt <= head.MinuteAt).ToList())
        {
            _open.Remove(closed);
        }
    }

    private DateTimeOffset? NextMinuteAt =>
        Last is not null ? Last.MinuteAt + Minutes.Length : _open.Count > 0 ? _open.Keys.First() : null;

    private void Remember(ReadOnlySpan<byte> body)
    {
        try
        {
            switch (RecordStamp.KindOf(body))
            {
                case RecordKind.PoolJob or RecordKind.DownstreamJob or RecordKind.AttestedShare:
                    _jobs.Add(body);
                    break;
                case RecordKind.PoolAnswer:
                    _jobs.CreditedBy(PoolAnswerRecord.Read(body));
                    break;
                default:
                    break;
            }
        }
        catch (RecordFormatException)
        {
            // Made from a job that is older than what is read again: no share of it can come any more.
        }
    }
}
