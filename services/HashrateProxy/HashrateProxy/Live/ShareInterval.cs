namespace Marketplace.HashrateProxy.Live;

/// <summary>
/// What a count of shares leaves open: shares come at random, so that n of them tell the rate behind to about
/// 2 / sqrt(n). The 95 % interval of a Poisson count, by Wilson's and Hilferty's approximation: a certificate has the
/// exact one, which is too dear for every window of every worker again and again. Pure.
/// </summary>
internal static class ShareInterval
{
    private const double Quantile = 1.96;

    /// <summary>The lowest and the highest count that would have been expected, as parts of the one seen.</summary>
    public static (double Low, double High) Of(double shares) => shares <= 0
        ? (0, double.PositiveInfinity)
        : (Cubed(shares, -Quantile), (shares + 1) / shares * Cubed(shares + 1, Quantile));

    private static double Cubed(double count, double quantile) =>
        Math.Pow(Math.Max(0, 1 - (1 / (9 * count)) + (quantile / (3 * Math.Sqrt(count)))), 3);
}
