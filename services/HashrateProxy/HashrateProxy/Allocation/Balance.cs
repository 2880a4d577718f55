namespace Marketplace.HashrateProxy.Allocation;

/// <summary>How a contract's delivery stands against its promise.</summary>
internal enum Balance
{
    Behind,

    /// <summary>Inside the dead band: the difference is within the tolerance, or no more than chance.</summary>
    Even,

    Ahead,
}
