using System.Collections.Frozen;
using Marketplace.Primitives;
using Microsoft.AspNetCore.Http;

namespace Marketplace.ServiceDefaults.Security;

/// <summary>Who speaks: an endpoint parameter. For an anonymous endpoint declare it nullable.</summary>
/// <param name="AccountId">Empty for a service.</param>
/// <param name="OrganisationId">Empty for a service.</param>
/// <param name="Service">The name of the calling service; null for a person.</param>
/// <param name="AuthenticatedAt">When the person last proved who they are; for step-up checks.</param>
public sealed record Caller(
    AccountId AccountId,
    OrganisationId OrganisationId,
    FrozenSet<string> Roles,
    FrozenSet<string> Scopes,
    string? Service,
    DateTimeOffset AuthenticatedAt)
{
    /// <summary>When its token ends; what is answered for longer than a moment ends with it.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    public bool IsInRole(string role) => Roles.Contains(role);

    public static ValueTask<Caller?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(context.Features.Get<Caller>());
    }
}
