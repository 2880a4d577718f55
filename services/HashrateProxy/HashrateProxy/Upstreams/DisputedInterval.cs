namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// The work credited on one upstream since its pool last accepted a share. A pool sees only the shares that meet its
/// own difficulty, each of which stands for all the work around it: a refusal puts everything in doubt from the
/// accepted answer before it to the one after it. Not for use by two threads at once.
/// </summary>
internal sealed class DisputedInterval
{
    private Work _sinceAccepted;
    private RefusalCause? _refusal;

    /// <summary>A share was credited.</summary>
    /// <returns>The refusal that its work falls to; null while there was none.</returns>
    public RefusalCause? Credit(Work work)
    {
        if (_refusal is null)
        {
            _sinceAccepted += work;
        }

        return _refusal;
    }

    /// <returns>The work since the accepted answer before, in doubt from now on; none when it already was.</returns>
    public Work Refuse(RefusalCause cause)
    {
        if (cause == RefusalCause.Late)
        {
            return Work.Zero;
        }

        var doubted = _sinceAccepted;
        (_sinceAccepted, _refusal) = (Work.Zero, cause);
        return doubted;
    }

    public void Accept() => (_sinceAccepted, _refusal) = (Work.Zero, null);
}
