namespace Marketplace.HashrateProxy.Metering;

/// <summary>Who caused missing work; always from an event.</summary>
internal enum Fault
{
    Seller,
    Renter,
    Pool,
    Marketplace,
}

/// <summary>What a pool said to a share that was forwarded to it.</summary>
internal enum PoolAnswerKind
{
    Accepted,
    Refused,
    Unanswered,
}
