namespace Marketplace.Ordering.Contracts;

internal static class ContractViews
{
    /// <summary>The destinations are the renter's alone: a seller never sees a pool or its user.</summary>
    public static Client.Ordering.Contract ToView(
        this Contract contract, OrganisationId viewer, DateTimeOffset now) => new(
        contract.Id,
        contract.OrderId,
        contract.ListingId,
        contract.RigId,
        contract.Terms.ListingTitle,
        contract.Terms.Algorithm,
        Algorithm.Named(contract.Terms.Algorithm).IsSimulated,
        Algorithm.Named(contract.Terms.Algorithm).IsPoolAttested,
        contract.Terms.Hashrate,
        contract.Terms.PromisedWork,
        contract.Terms.Price,
        contract.StartAt,
        contract.EndAt,
        contract.PaidAt,
        contract.FirstJobAt,
        contract.CancelledAt,
        ToText(contract.StatusAt(now)),
        viewer == contract.RenterId ? Destinations(contract) : [],
        contract.Outcome is { } outcome ? ToView(outcome) : null);

    private static Client.Ordering.ContractOutcome ToView(Outcome outcome) =>
        new(outcome.ProvedWork, outcome.Earned, outcome.Returned, outcome.SettledAt);

    private static List<Client.Ordering.Destination> Destinations(Contract contract) =>
    [
        .. contract.Destinations.OrderBy(destination => destination.Priority).Select(destination =>
            new Client.Ordering.Destination(
                destination.Id, destination.Url, destination.User, destination.Priority)),
    ];

    private static string ToText(ContractStatus status) => status switch
    {
        ContractStatus.Scheduled => "scheduled",
        ContractStatus.Running => "running",
        ContractStatus.Ended => "ended",
        ContractStatus.Settled => "settled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "A contract has no such status."),
    };
}
