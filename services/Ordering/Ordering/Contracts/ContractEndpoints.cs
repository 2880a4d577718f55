using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Marketplace.Ordering.Contracts;

internal static class ContractEndpoints
{
    public static void MapContracts(this IEndpointRouteBuilder routes)
    {
        var contracts = routes.MapGroup("/contracts");
        contracts.MapGet("", ListContractsHandler.HandleAsync)
            .WithName("listContracts")
            .WithSummary("The caller's contracts, as renter or as seller, newest first.");
        contracts.MapGet("{contractId}", GetContractHandler.HandleAsync)
            .WithName("getContract")
            .WithSummary("A contract of the caller's; only its renter sees the destinations.");
        contracts.MapPut("{contractId}/destinations", ChangeDestinationsHandler.HandleAsync)
            .RequireAuthorization(Policies.Renter)
            .WithName("changeDestinations")
            .WithSummary("Change the pools of a contract that runs or is to run; new ones are checked first.");
        contracts.MapPost("{contractId}/cancellation", CancelContractHandler.HandleAsync)
            .RequireAuthorization(Policies.Renter)
            .WithName("cancelContract")
            .WithSummary("End a contract now; asking again changes nothing.");
    }
}
