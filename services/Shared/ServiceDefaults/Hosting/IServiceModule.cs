using Microsoft.AspNetCore.Routing;

namespace Marketplace.ServiceDefaults;

/// <summary>A service as a host sees it: a host is a list of modules, one per process or all in one.</summary>
public interface IServiceModule
{
    /// <summary>
    /// Lower case, <c>catalog</c>: the name of its database, queues, path prefix <c>/api/catalog</c>, token issuer and
    /// audience.
    /// </summary>
    string Name { get; }

    void AddServices(ServiceBuilder service);

    /// <param name="routes">
    /// The group <c>/api/{Name}</c>: a user token is required where an endpoint says nothing else, and its operations
    /// are in the document <c>/openapi/{Name}.json</c>.
    /// </param>
    void MapEndpoints(IEndpointRouteBuilder routes);
}
