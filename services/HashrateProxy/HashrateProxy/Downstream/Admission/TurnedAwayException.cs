namespace Marketplace.HashrateProxy.Downstream.Admission;

/// <summary>A connection is refused before its first line is read.</summary>
internal sealed class TurnedAwayException(ClosingReason reason, Exception? cause = null)
    : Exception(ClosingReasons.NameOf(reason), cause)
{
    public ClosingReason Reason => reason;
}
