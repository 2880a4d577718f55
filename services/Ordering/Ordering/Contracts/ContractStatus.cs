namespace Marketplace.Ordering.Contracts;

internal enum ContractStatus
{
    /// <summary>Paid; its start is still to come.</summary>
    Scheduled,

    Running,

    /// <summary>The fleet is released; the money is being settled.</summary>
    Ended,

    Settled,
}
