namespace Marketplace.HashrateProxy.Downstream.Admission;

/// <summary>
/// How many shares one connection may still send: so many a second, and a burst of ten seconds' worth.
/// </summary>
internal struct SubmitBudget
{
    public const int BurstSeconds = 10;

    private readonly int _perSecond;
    private double _left;
    private long _filledAt;

    public SubmitBudget(int perSecond, TimeProvider time)
    {
        (_perSecond, _left, _filledAt) = (perSecond, perSecond * BurstSeconds, time.GetTimestamp());
    }

    public bool TryTake(TimeProvider time)
    {
        if (_left < 1)
        {
            var now = time.GetTimestamp();
            var earned = time.GetElapsedTime(_filledAt, now).TotalSeconds * _perSecond;
            (_left, _filledAt) = (Math.Min(_left + earned, _perSecond * BurstSeconds), now);
        }

        if (_left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}
