using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Marketplace.Catalog.Rigs;

internal static class RigEndpoints
{
    public static void MapRigs(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/farms/{farmId}/rigs", CreateRig.HandleAsync).RequireAuthorization(Policies.Seller)
            .WithName("createRig").WithSummary("Register a rig and get its Stratum login");
        var rigs = routes.MapGroup("/rigs").RequireAuthorization(Policies.Seller);
        rigs.MapGet("/", GetRigs.ListAsync)
            .WithName("listRigs").WithSummary("The caller's rigs with their measured hashrate, newest first");
        rigs.MapGet("/{rigId}", GetRigs.OneAsync)
            .WithName("getRig").WithSummary("One rig of the caller with its measured hashrate");
        rigs.MapPut("/{rigId}/pools", SetDefaultPools.HandleAsync)
            .WithName("setDefaultPools").WithSummary("Where the rig hashes when nobody rents it");
    }
}
