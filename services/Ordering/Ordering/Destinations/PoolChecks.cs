using System.Text.Json;
using Marketplace.Client;
using Marketplace.Client.Catalog;
using Marketplace.Client.HashrateProxy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketplace.Ordering.Destinations;

/// <summary>Has the proxy try every destination at once. A check that could not be made counts as failed.</summary>
internal sealed class PoolChecks(
    [FromKeyedServices(OrderingModule.ServiceName)] ProxyClient proxy,
    IOptions<OrderingOptions> options,
    TimeProvider time,
    ILogger<PoolChecks> logger)
{
    /// <summary>Lines of a transcript that are kept with a quote.</summary>
    private const int MaxTranscriptLines = 200;

    public async Task<IReadOnlyList<PoolCheck>> CheckAsync(
        IReadOnlyList<Pool> pools,
        Algorithm algorithm,
        Hashrate hashrate,
        RigId rigId,
        CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Value.PoolCheckTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var checks = pools.Select(pool =>
            CheckAsync(new CheckPool(pool, algorithm.Name, hashrate, rigId), either.Token, cancellationToken));
        return await Task.WhenAll(checks);
    }

    private async Task<PoolCheck> CheckAsync(
        CheckPool request, CancellationToken limited, CancellationToken cancellationToken)
    {
        try
        {
            var check = await proxy.CheckPoolAsync(request, limited);
            return check with { Transcript = [.. check.Transcript.Take(MaxTranscriptLines)] };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NotChecked(
                request.Pool, "the check took too long", "See that the pool is reachable and ask for a new quote.");
        }
        catch (ApiProblemException refused)
        {
            logger.LogWarning("The proxy refused a pool check: {Code}", refused.Code);
            return NotChecked(request.Pool, refused.Detail, "Correct the pool and ask for a new quote.");
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException)
        {
            logger.LogError(failure, "A pool check could not be made");
            return NotChecked(request.Pool, "the check could not be made", "Ask for a new quote in a minute.");
        }
    }

    private PoolCheck NotChecked(Pool pool, string seen, string fix) => new(
        pool.Url,
        pool.User,
        PoolVerdicts.Fail,
        [new PoolCheckRule("check", PoolVerdicts.Fail, seen, fix)],
        [],
        time.NowInMilliseconds());
}
