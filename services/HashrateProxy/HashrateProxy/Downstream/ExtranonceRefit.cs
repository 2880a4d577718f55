using Marketplace.HashrateProxy.Downstream.Admission;
using Marketplace.HashrateProxy.Wire;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// Gets a worker whose extranonce is too long for a pool one that fits: by <c>mining.set_extranonce</c> where it says
/// that it takes it, and its first share proves it; else by asking it to connect again, to a place kept for it.
/// Guarded by its worker's lock.
/// </summary>
internal sealed class ExtranonceRefit(
    WorkerHandshake handshake,
    LineOutbox<DownstreamLineWriter> outbox,
    FrontServices front,
    Action<ClosingReason> close)
{
    /// <summary>Firmware that takes set_extranonce often says so only after its login.</summary>
    public static readonly TimeSpan SubscribeTime = TimeSpan.FromSeconds(1);

    /// <summary>Who was placed and still does not fit is left alone so long: each time costs seconds.</summary>
    public static readonly TimeSpan PlacedAgainAfter = TimeSpan.FromMinutes(10);

    /// <summary>Shares that are right only under the old extranonce, before the worker is held not to obey.</summary>
    public const int MaxIgnoringShares = 5;

    private readonly DateTimeOffset _joinedAt = front.Time.GetUtcNow();
    private SessionPlace? _before;
    private int _ignoringShares;
    private bool _isPlaced;

    /// <summary>True from a set_extranonce until a share proves that the worker obeyed, or that it did not.</summary>
    public bool IsOnTrial => _before is not null;

    /// <returns>True when the worker's next job may have an extranonce2 of the pool that is so long.</returns>
    public bool TryFit(int poolExtranonce2Bytes, DateTimeOffset now)
    {
        if (_isPlaced || front.Firmwares.LayoutFor(handshake.Firmware, poolExtranonce2Bytes) is not { } layout
            || now - _joinedAt < (handshake.Place.IsRefit ? PlacedAgainAfter : SubscribeTime))
        {
            return false;
        }

        var place = handshake.PlaceFor(layout, isRefit: true);
        if (!handshake.TakesExtranonce || front.Firmwares.IgnoresSetExtranonce(handshake.Firmware))
        {
            Reconnect(place);
            return false;
        }

        _before ??= handshake.Place;
        handshake.Move(place);
        return outbox.Append(place, static (lines, place) =>
            lines.SetExtranonce(place.Extranonce1, place.Layout.Extranonce2Bytes));
    }

    /// <summary>A share of a job that was given after set_extranonce.</summary>
    public void Judge(ShareVerdict verdict, AssignedJob job, in SubmitRequest submit)
    {
        if (_before is not { } before || job.Place != handshake.Place)
        {
            return;
        }

        if (verdict == ShareVerdict.Accepted)
        {
            _before = null;
        }
        else if (IsRightUnder(before, job, submit) && ++_ignoringShares >= MaxIgnoringShares)
        {
            front.Firmwares.IgnoredSetExtranonce(handshake.Firmware);
            _before = null;
            Reconnect(handshake.Place);
        }
    }

    public void Worked() => front.Firmwares.Worked(handshake.Firmware, handshake.Layout);

    private bool IsRightUnder(SessionPlace before, AssignedJob job, in SubmitRequest submit)
    {
        Span<byte> header = stackalloc byte[BlockHeader.SizeBytes];
        var version = job.Job.VersionOf(submit.VersionBits, handshake.VersionMask);
        return job.Job.IsMetBy(job.Job.Hash(
            before.Extranonce1, submit.Extranonce2, version, submit.NTime, submit.Nonce, header));
    }

    private void Reconnect(SessionPlace place)
    {
        _isPlaced = true;
        handshake.ReturnTo(place);
        front.Sessions.Expect(handshake.Peer, place);
        outbox.Append(true, static (lines, _) => lines.Reconnect());
        close(ClosingReason.Placed);
    }
}
