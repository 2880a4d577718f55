using Marketplace.Client.Catalog;

namespace Marketplace.Client.Ordering;

/// <summary>A contract as its renter or its seller may see it; only the renter sees the destinations.</summary>
/// <param name="IsPoolAttested">Its shares are credited on their pools' word and not verified.</param>
/// <param name="Status"><c>scheduled</c>, <c>running</c>, <c>ended</c> (being settled) or <c>settled</c>.</param>
/// <param name="FirstJobAt">When the first job of the renter's pool reached a worker.</param>
public sealed record Contract(
    ContractId Id,
    OrderId OrderId,
    ListingId ListingId,
    RigId RigId,
    string ListingTitle,
    string Algorithm,
    bool IsSimulated,
    bool IsPoolAttested,
    Hashrate Hashrate,
    Work PromisedWork,
    Money Price,
    DateTimeOffset StartAt,
    DateTimeOffset EndAt,
    DateTimeOffset? PaidAt,
    DateTimeOffset? FirstJobAt,
    DateTimeOffset? CancelledAt,
    string Status,
    IReadOnlyList<Destination> Destinations,
    ContractOutcome? Outcome);

public sealed record Destination(DestinationId Id, string Url, string User, int Priority);

/// <summary>The pools of a contract from now on.</summary>
/// <param name="Destinations">One to five, best first.</param>
public sealed record ChangeDestinations(IReadOnlyList<WantedDestination> Destinations);

/// <summary>A pool that stays, or a new one: exactly one of the two is named.</summary>
/// <param name="Stays">One of the contract's destinations; its password is not needed again.</param>
/// <param name="Pool">A pool that is checked before it is taken.</param>
public sealed record WantedDestination(DestinationId? Stays, Pool? Pool);

/// <summary>How a settled contract ended.</summary>
public sealed record ContractOutcome(Work ProvedWork, Money Earned, Money Returned, DateTimeOffset SettledAt);
