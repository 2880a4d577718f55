using System.Collections.Concurrent;
using Marketplace.Client.HashrateProxy;
using Marketplace.ServiceDefaults;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Marketplace.Ordering.Tests.Support;

/// <summary>Answers pool checks as the proxy would; the host of a pool's url says how.</summary>
internal sealed class ProxyDouble : IServiceModule
{
    public const string GoodPool = "stratum+tcp://good.example:3333";
    public const string BadPool = "stratum+tcp://bad.example:3333";
    public const string UnlistedPool = "stratum+tcp://unlisted.example:3333";
    public const string SilentPool = "stratum+tcp://silent.example:3333";
    public const string CrashingPool = "stratum+tcp://crash.example:3333";

    private volatile Gathering _gathering = new(1);

    public string Name => "proxy";

    public ConcurrentQueue<(CheckPool Request, Caller Caller)> Asked { get; } = new();

    /// <summary>From now on a check answers only when this many were asked for.</summary>
    public void AnswerTogether(int checks) => _gathering = new Gathering(checks);

    public void AddServices(ServiceBuilder service)
    {
    }

    public void MapEndpoints(IEndpointRouteBuilder routes) =>
        routes.MapPost("/pool-checks", CheckAsync).WithName("CheckPool").RequireAuthorization(Policies.Service);

    private async Task<Ok<PoolCheck>> CheckAsync(CheckPool request, Caller caller, CancellationToken cancellationToken)
    {
        Asked.Enqueue((request, caller));
        await _gathering.ArriveAsync(cancellationToken);
        switch (request.Pool.Url)
        {
            case SilentPool:
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                break;
            case CrashingPool:
                throw new InvalidOperationException("The check died.");
        }

        var isUnlisted = request is { Pool.Url: UnlistedPool, IsForContract: true };
        var verdict = isUnlisted || request.Pool.Url == BadPool ? "fail" : "pass";
        return TypedResults.Ok(new PoolCheck(
            request.Pool.Url,
            request.Pool.User,
            verdict,
            [
                new PoolCheckRule(
                    isUnlisted ? PoolCheckRule.Listed : "authorize", verdict, "seen",
                    verdict == "fail" ? "Correct the user." : ""),
            ],
            ["> mining.subscribe"],
            TimeProvider.System.GetUtcNow()));
    }

    /// <summary>Lets nobody on before so many have come; whoever comes later goes on at once.</summary>
    private sealed class Gathering(int size)
    {
        private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _missing = size;

        public Task ArriveAsync(CancellationToken cancellationToken)
        {
            if (Interlocked.Decrement(ref _missing) <= 0)
            {
                _complete.TrySetResult();
            }

            return _complete.Task.WaitAsync(cancellationToken);
        }
    }
}
