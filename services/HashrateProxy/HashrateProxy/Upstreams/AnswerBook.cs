using Marketplace.HashrateProxy.Metering;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// What the answers of one upstream's pool mean for the work behind them: counted, disputed, or paid by us. A share
/// that the pool alone could judge has no credit to dispute; its refusal is the seller's, for the pool is a listed one.
/// Called from the workers' loops and the pool's.
/// </summary>
internal sealed class AnswerBook(Hashrate promised, UpstreamTrail trail)
{
    private readonly Lock _gate = new();
    private readonly DisputedInterval _interval = new();
    private readonly RefusalBreaker _breaker = new();
    private StratumError _lastRefusal;
    private bool _hasComplained;

    /// <summary>A share of this upstream was credited to its contract, whether or not it goes up.</summary>
    /// <returns>
    /// A complaint, once, when too much was credited since the pool refused a share and took none since.
    /// </returns>
    public PoolComplaint? Credit(Work work, ContractMeter meter, DateTimeOffset at)
    {
        lock (_gate)
        {
            return _interval.Credit(work) is not { } cause || Blame(cause, work, meter, at) || _hasComplained
                ? null
                : Complain(cause, isJudgedByPool: false);
        }
    }

    /// <param name="share">What the pool took.</param>
    /// <param name="at">When it said so.</param>
    public void Accept(UpstreamShare share, DateTimeOffset at)
    {
        lock (_gate)
        {
            share.Meter.Count(PoolAnswerKind.Accepted, default, at);
            share.Meter.Confirm(share.Job.PoolWork, at);
            _interval.Accept();
            _breaker.Accept();
            _hasComplained = false;
        }
    }

    /// <param name="share">What was refused.</param>
    /// <param name="error">The pool's words.</param>
    /// <param name="cause">What they mean.</param>
    /// <param name="at">When they came.</param>
    /// <returns>A complaint when the pool has refused too much.</returns>
    public PoolComplaint? Refuse(UpstreamShare share, in StratumError error, RefusalCause cause, DateTimeOffset at)
    {
        lock (_gate)
        {
            share.Meter.Count(PoolAnswerKind.Refused, error, at);
            if (cause == RefusalCause.Late || !share.IsCredited)
            {
                return null;
            }

            _breaker.Refuse();
            _lastRefusal = error;
            var isBorne = Blame(cause, _interval.Refuse(cause), share.Meter, at);
            return isBorne && !_breaker.IsOpen ? null : Complain(cause, share.Awaited is not null);
        }
    }

    private PoolComplaint Complain(RefusalCause cause, bool isJudgedByPool)
    {
        _hasComplained = true;
        var fault = cause == RefusalCause.Ours ? Fault.Marketplace
            : isJudgedByPool ? Fault.Seller
            : Fault.Renter;
        return new PoolComplaint(fault, $"it refuses too many shares: {_lastRefusal.Code} {_lastRefusal.Text}");
    }

    /// <returns>False when the contract bears no more of it.</returns>
    private bool Blame(RefusalCause cause, Work work, ContractMeter meter, DateTimeOffset at)
    {
        var allowance = DisputeAllowance.Of(promised, at - meter.StartedAt);
        var isOurs = cause == RefusalCause.Ours;
        var isBorne = isOurs
            ? meter.CountRefusedByOurFault(work, allowance, at, out var minuteAt)
            : meter.Dispute(work, allowance, at, out minuteAt);
        trail.Refuse(minuteAt, isOurs, work, allowance);
        return isBorne;
    }
}
