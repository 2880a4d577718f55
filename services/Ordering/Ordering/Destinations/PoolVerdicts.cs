namespace Marketplace.Ordering.Destinations;

/// <summary>The verdicts of a pool check that Ordering acts on.</summary>
internal static class PoolVerdicts
{
    public const string Fail = "fail";
}
