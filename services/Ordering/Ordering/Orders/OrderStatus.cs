namespace Marketplace.Ordering.Orders;

/// <summary>Kept by name in the database.</summary>
internal enum OrderStatus
{
    /// <summary>Its hashrate is reserved; the money is awaited.</summary>
    Placed,

    /// <summary>It has become a contract.</summary>
    Paid,

    /// <summary>It was not paid in time; its hashrate is free again.</summary>
    Lapsed,
}
