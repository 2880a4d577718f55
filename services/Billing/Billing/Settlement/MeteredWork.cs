namespace Marketplace.Billing.Settlement;

/// <summary>The work of a contract, as far as it is paid for, and at whose cost.</summary>
/// <param name="Proved">What the seller is paid for.</param>
/// <param name="RefusedByOurFault">
/// Of it: what the renter's pool refused for what the marketplace sent there. The renter got nothing for it, and the
/// seller did his part.
/// </param>
internal readonly record struct MeteredWork(Work Proved, Work RefusedByOurFault)
{
    /// <summary>What the renter pays for.</summary>
    public Work Charged => RefusedByOurFault.ShortOf(Proved);
}
