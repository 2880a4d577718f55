namespace Marketplace.Stratum.Proof;

/// <summary>
/// The distribution functions behind intervals and tests: statistics for display, so that <c>double</c> may serve.
/// Series and continued fractions as in Numerical Recipes, third edition, sections 6.2 and 6.4.
/// </summary>
internal static class Distributions
{
    private const double Precision = 1e-15;
    private const double Tiny = 1e-300;

    /// <summary>Both sums need about the square root of their argument; this reaches 10^10 shares.</summary>
    private const int MaxTerms = 1_000_000;

    private const int Bisections = 100;

    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
        -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>P(X &lt;= count) of a Poisson count with this mean.</summary>
    public static double PoissonAtMost(long count, double mean) =>
        count < 0 ? 0 : mean <= 0 ? 1 : 1 - GammaAtMost(count + 1.0, mean);

    /// <summary>P(X &lt;= count) of a binomial count.</summary>
    public static double BinomialAtMost(long count, long trials, double probability) =>
        count < 0 ? 0 : count >= trials ? 1 : BetaAtMost(1 - probability, trials - count, count + 1.0);

    /// <summary>The mean at which a gamma variable of this shape stays below it with this probability.</summary>
    public static double GammaQuantile(double probability, double shape)
    {
        var (low, high) = (0.0, shape + 1);
        while (GammaAtMost(shape, high) < probability)
        {
            high *= 2;
        }

        for (var step = 0; step < Bisections; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = GammaAtMost(shape, middle) < probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private static double LogGamma(double x)
    {
        var shifted = x - 1;
        var sum = Lanczos[0];
        for (var term = 1; term < Lanczos.Length; term++)
        {
            sum += Lanczos[term] / (shifted + term);
        }

        var t = shifted + Lanczos.Length - 1.5;
        return (Math.Log(2 * Math.PI) / 2) + ((shifted + 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }

    /// <summary>The regularised lower incomplete gamma function.</summary>
    private static double GammaAtMost(double shape, double x)
    {
        if (x <= 0)
        {
            return 0;
        }

        var scale = Math.Exp((shape * Math.Log(x)) - x - LogGamma(shape));
        return x < shape + 1 ? scale * GammaSeries(shape, x) : 1 - (scale * GammaFraction(shape, x));
    }

    private static double GammaSeries(double shape, double x)
    {
        var (term, sum) = (1 / shape, 1 / shape);
        for (var n = 1; n < MaxTerms && term > sum * Precision; n++)
        {
            term *= x / (shape + n);
            sum += term;
        }

        return sum;
    }

    private static double GammaFraction(double shape, double x)
    {
        var b = x + 1 - shape;
        var (c, d) = (1 / Tiny, 1 / b);
        var fraction = d;
        for (var n = 1; n < MaxTerms; n++)
        {
            var a = -n * (n - shape);
            b += 2;
            d = 1 / NotZero((a * d) + b);
            c = NotZero(b + (a / c));
            fraction *= d * c;
            if (Math.Abs((d * c) - 1) < Precision)
            {
                break;
            }
        }

        return fraction;
    }

    /// <summary>The regularised incomplete beta function.</summary>
    private static double BetaAtMost(double x, double a, double b)
    {
        if (x <= 0 || x >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        var scale = Math.Exp(
            LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x)));
        return x < (a + 1) / (a + b + 2)
            ? scale * BetaFraction(x, a, b) / a
            : 1 - (scale * BetaFraction(1 - x, b, a) / b);
    }

    private static double BetaFraction(double x, double a, double b)
    {
        var (c, d) = (1.0, 1 / NotZero(1 - ((a + b) * x / (a + 1))));
        var fraction = d;
        for (var n = 1; n < MaxTerms; n++)
        {
            var even = n * (b - n) * x / ((a + (2 * n) - 1) * (a + (2 * n)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            fraction *= d * c;
            var odd = -(a + n) * (a + b + n) * x / ((a + (2 * n)) * (a + (2 * n) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            fraction *= d * c;
            if (Math.Abs((d * c) - 1) < Precision)
            {
                break;
            }
        }

        return fraction;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
