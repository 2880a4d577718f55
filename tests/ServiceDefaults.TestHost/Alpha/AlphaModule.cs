using System.ComponentModel.DataAnnotations;
using Marketplace.Primitives;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Marketplace.ServiceDefaults.TestHost.Alpha;

public sealed class AlphaModule : IServiceModule
{
    public string Name => "alpha";

    public void AddServices(ServiceBuilder service)
    {
        ArgumentNullException.ThrowIfNull(service);
        service.Services.TryAddSingleton<Faults>();
        service.AddDatabase<AlphaDbContext>()
            .AddConsumer<NumberSaid, NumberSaidConsumer>()
            .AddConsumer<NumberEchoed, NumberEchoedConsumer>()
            .AddOptions<SpeakerOptions>("Speaker")
            .AddLoop<Speaker>()
            .AddServiceClient("beta", http => new BetaClient(http));
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/whoami", WhoAmI).WithName("who-am-i");
        routes.MapGet("/renters", () => TypedResults.Ok("renters")).RequireAuthorization(Policies.Renter);
        routes.MapGet("/services", () => TypedResults.Ok("services")).RequireAuthorization(Policies.Service);
        routes.MapGet("/open", () => TypedResults.Ok("open")).AllowAnonymous();
        routes.MapGet("/beta", (BetaClient beta, CancellationToken cancellationToken) =>
            beta.CallerAsync(cancellationToken))
            .AllowAnonymous();
        routes.MapGet("/failures/{kind}", Fail).AllowAnonymous();
        routes.MapPost("/things", (Thing thing) => TypedResults.Ok(thing)).AllowAnonymous().WithName("make-thing");
    }

    private static Ok<Caller> WhoAmI(Caller caller) => TypedResults.Ok(caller);

    private static Ok Fail(string kind) => throw (kind switch
    {
        "invalid" => BusinessRuleException.Invalid("too-long", "That is too long."),
        "forbidden" => BusinessRuleException.Forbidden("not-yours", "That is not yours."),
        "missing" => BusinessRuleException.NotFound("thing"),
        "conflict" => new BusinessRuleException("already-paid", "That is paid."),
        "concurrency" => new DbUpdateConcurrencyException("lost"),
        _ => new InvalidOperationException("the password is hunter2"),
    });
}

public sealed record Thing(
    [Required, StringLength(8, MinimumLength = 2)] string Name,
    [Range(1, 10)] int Size,
    Hashrate Hashrate,
    Money? Price,
    RigId? RigId,
    IReadOnlyList<Part>? Parts);

public sealed record Part([StringLength(4)] string Code);
