namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// Decides when a pool has refused too much. Refusals are forgiven as shares are accepted, disputed work as time
/// passes, so that a pool that loses one share in a hundred is never left and one that takes work and says no gets a
/// minute of it. Pure; not for use by two threads at once.
/// </summary>
internal sealed class RefusalBreaker
{
    public const int MaxRefusals = 10;

    /// <summary>So many accepted shares make up for one that was refused.</summary>
    public const int AcceptedPerForgiven = 20;

    private int _refused;
    private int _accepted;

    public bool IsOpen => _refused >= MaxRefusals;

    public void Accept()
    {
        if (++_accepted >= AcceptedPerForgiven)
        {
            _accepted = 0;
            _refused = Math.Max(0, _refused - 1);
        }
    }

    public void Refuse() => _refused++;
}
