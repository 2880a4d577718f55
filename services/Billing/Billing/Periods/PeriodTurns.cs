using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Periods;

/// <summary>
/// Whoever posts shares a lock with all others who post; whoever closes a month has it alone. So a month never closes
/// between the look at it and the entry, and posting costs no row lock that all share.
/// </summary>
internal static class PeriodTurns
{
    /// <summary>Of the advisory lock.</summary>
    private const long Turn = 0x706572696f64;

    public static string TakeToPost { get; } = $"SELECT pg_advisory_xact_lock_shared({Turn})";

    public static Task TakeToCloseAsync(BillingDbContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Turn})", cancellationToken);
}
