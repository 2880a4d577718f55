using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Marketplace.Catalog.Farms;

internal static class FarmEndpoints
{
    public static void MapFarms(this IEndpointRouteBuilder routes)
    {
        var farms = routes.MapGroup("/farms").RequireAuthorization(Policies.Seller);
        farms.MapPost("/", CreateFarm.HandleAsync)
            .WithName("createFarm").WithSummary("Register a site; its name becomes part of Stratum logins");
        farms.MapGet("/", ListFarms.HandleAsync)
            .WithName("listFarms").WithSummary("The caller's farms, newest first");
    }
}
