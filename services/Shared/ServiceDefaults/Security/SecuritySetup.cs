using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.ServiceDefaults.Security;

internal static class SecuritySetup
{
    public static void AddSecurity(this IServiceCollection services, ServiceRegistry registry)
    {
        services.AddOptions<KeyOptions>().BindConfiguration("Keys").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton(provider => new TokenVerifier(
            provider.GetRequiredService<KeyRing>(),
            provider.GetRequiredService<TimeProvider>(),
            TokenRules.Services.Concat(registry.Modules.Select(module => module.Name))));
        services.AddSingleton<PayloadSigner>();
        services.AddSingleton<PayloadVerifier>();
        services.AddSingleton<SecretSealer>();
        services.AddSingleton<SecretOpener>();
        services.AddAuthentication(BearerAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.User, policy => policy.RequireAssertion(context => IsUser(context)))
            .AddPolicy(Policies.Service, policy => policy.RequireClaim(BearerAuthentication.ServiceClaim))
            .AddPolicy(Policies.UserOrService, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Policies.Renter, policy => policy.RequireRole(Policies.Renter))
            .AddPolicy(Policies.Seller, policy => policy.RequireRole(Policies.Seller))
            .AddPolicy(Policies.Finance, policy => policy.RequireRole(Policies.Finance))
            .AddPolicy(Policies.Operator, policy => policy.RequireRole(Policies.Operator));
    }

    /// <summary>An endpoint that says nothing about who may call it is for people who are signed in.</summary>
    public static void RequireUserByDefault(this IEndpointConventionBuilder group) => group.Finally(endpoint =>
    {
        if (!endpoint.Metadata.Any(metadata => metadata is IAuthorizeData or IAllowAnonymous))
        {
            endpoint.Metadata.Add(new AuthorizeAttribute(Policies.User));
        }
    });

    private static bool IsUser(AuthorizationHandlerContext context) =>
        context.User.Identity is { IsAuthenticated: true }
        && !context.User.HasClaim(claim => claim.Type == BearerAuthentication.ServiceClaim);
}
