using Marketplace.Client.Catalog;
using Marketplace.Client.HashrateProxy;

namespace Marketplace.Client.Ordering;

/// <param name="Destinations">One to five pools, best first.</param>
public sealed record AskQuote(
    ListingId ListingId,
    Hashrate Hashrate,
    int DurationSeconds,
    IReadOnlyList<Pool> Destinations);

/// <summary>A price that holds until <paramref name="LockedUntil"/>, with what was seen at each pool.</summary>
/// <param name="IsPoolAttested">Shares are credited on their pools' word and not verified.</param>
/// <param name="IsOrderable">False when a pool check failed; the checks say what to change.</param>
public sealed record Quote(
    QuoteId Id,
    ListingId ListingId,
    string Algorithm,
    bool IsSimulated,
    bool IsPoolAttested,
    Hashrate Hashrate,
    int DurationSeconds,
    Work PromisedWork,
    Money Price,
    Money RenterFee,
    Money Vat,
    Money Total,
    DateTimeOffset LockedUntil,
    bool IsOrderable,
    IReadOnlyList<PoolCheck> PoolChecks);
