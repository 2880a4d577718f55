using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Identity.Sessions;

internal static class SessionServices
{
    public static void AddSessions(this IServiceCollection services)
    {
        services.AddSessionCookie();
        services.AddScoped<SessionBook>();
        services.AddScoped<SignInGate>();
    }
}
