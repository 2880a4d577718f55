namespace Marketplace.HashrateProxy.Metering;

/// <summary>
/// Credited work that a contract's pools refused, against what is borne of it. Guarded by its owner's lock. Pure.
/// </summary>
internal sealed class BorneRefusals
{
    private UInt128 _disputedHashes;
    private UInt128 _beyondHashes;
    private UInt128 _unpaidHashes;
    private UInt128 _byOurFaultHashes;

    /// <summary>Refused without a cause that could be checked.</summary>
    /// <param name="work">What came into doubt.</param>
    /// <param name="allowance">How much of it the contract bears by now; what is beyond is not paid.</param>
    /// <returns>False when it bears no more.</returns>
    public bool Dispute(Work work, Work allowance)
    {
        _disputedHashes += work.Hashes;
        if (_disputedHashes - _beyondHashes <= allowance.Hashes)
        {
            return true;
        }

        var beyond = _disputedHashes - _beyondHashes - allowance.Hashes;
        _beyondHashes += beyond;
        _unpaidHashes += beyond;
        return false;
    }

    /// <summary>
    /// Refused for what we sent: the marketplace pays. A pool that keeps saying so has the work for nothing, whatever
    /// the truth of it.
    /// </summary>
    /// <param name="work">What was refused.</param>
    /// <param name="allowance">How much of it the marketplace bears by now before the destination is left.</param>
    /// <returns>False when it bears no more.</returns>
    public bool CountByOurFault(Work work, Work allowance)
    {
        _byOurFaultHashes += work.Hashes;
        return _byOurFaultHashes <= allowance.Hashes;
    }

    /// <summary>A minute that closes carries as much of what is not paid as it has work for.</summary>
    public void ChargeTo(MinuteAccount account) => _unpaidHashes -= account.TakeUnpaid(_unpaidHashes);

    public void TakeBackFrom(MinuteAccount account) => _unpaidHashes += account.GiveBackUnpaid();
}
