namespace Marketplace.Ordering.Contracts;

/// <summary>How a contract ended in work and money.</summary>
internal sealed record Outcome
{
    public required Work ProvedWork { get; init; }

    public required Money Earned { get; init; }

    /// <summary>To the renter, fee and tax included.</summary>
    public required Money Returned { get; init; }

    public required DateTimeOffset SettledAt { get; init; }
}
