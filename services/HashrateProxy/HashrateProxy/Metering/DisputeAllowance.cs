namespace Marketplace.HashrateProxy.Metering;

/// <summary>
/// How much work a contract bears that its pool refuses, disputed or by our fault, before its destination is left; and
/// how much of what is disputed is paid. Pure.
/// </summary>
internal static class DisputeAllowance
{
    /// <summary>At the start: so long of the promised hashrate.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(60);

    /// <summary>One second more in so many: what a good pool may lose over a month.</summary>
    public const int OneSecondIn = 60;

    public static Work Of(Hashrate promised, TimeSpan elapsed) =>
        promised.Over(First + (elapsed > TimeSpan.Zero ? elapsed / OneSecondIn : TimeSpan.Zero));
}
