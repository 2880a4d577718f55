namespace Marketplace.HashrateProxy.Metering;

/// <summary>Who caused missing work; always from an event.</summary>
internal enum Fault
{
    Seller,
    Renter,
    Pool,
    Marketplace,
}
