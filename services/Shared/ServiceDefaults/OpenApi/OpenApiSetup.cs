using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.ServiceDefaults.OpenApi;

/// <summary>One document per service, <c>/openapi/{name}.json</c>; the web client's types are made from them.</summary>
internal static class OpenApiSetup
{
    public static void AddOpenApiDocuments(this IServiceCollection services, ServiceRegistry registry)
    {
        foreach (var service in registry.Modules.Select(module => module.Name))
        {
            services.AddOpenApi(service, options =>
            {
                options.ShouldInclude = api =>
                    api.RelativePath?.StartsWith($"api/{service}/", StringComparison.Ordinal) == true;
                options.AddSchemaTransformer<PrimitiveSchemas>();
                options.AddOperationTransformer<ProblemResponses>();
                options.AddDocumentTransformer((document, _, _) =>
                {
                    document.Info.Title = $"Marketplace {service}";
                    document.Info.Version = "1";
                    document.Servers?.Clear();
                    return Task.CompletedTask;
                });
            });
        }
    }

    public static void MapOpenApiDocuments(this IEndpointRouteBuilder routes) =>
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
}
