using System.Text.Json;
using Marketplace.Client;
using Marketplace.Client.Catalog;
using Marketplace.Client.HashrateProxy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketplace.Ordering.Destinations;

/// <summary>
/// Has the proxy try every destination at once. A check that could not be made counts as failed; a pool whose word
/// would have to be taken, and is not, is refused.
/// </summary>
internal sealed class PoolChecks(
    [FromKeyedServices(OrderingModule.ServiceName)] ProxyClient proxy,
    IOptions<OrderingOptions> options,
    TimeProvider time,
    ILogger<PoolChecks> logger)
{
    /// <summary>Lines of a transcript that are kept with a quote.</summary>
    private const int MaxTranscriptLines = 200;

    /// <exception cref="BusinessRuleException"><c>pool-not-listed</c></exception>
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
            CheckAsync(
                new CheckPool(pool, algorithm.Name, hashrate, rigId, IsForContract: true),
                either.Token,
                cancellationToken));
        var seen = await Task.WhenAll(checks);
        EnsureListed(seen);
        return seen;
    }

    private static void EnsureListed(IReadOnlyList<PoolCheck> seen)
    {
        var unlisted = seen.SelectMany(check => check.Rules)
            .FirstOrDefault(rule => rule is { Name: PoolCheckRule.Listed, Verdict: PoolVerdicts.Fail });
        if (unlisted is not null)
        {
            throw new BusinessRuleException("pool-not-listed", $"{unlisted.Seen}. {unlisted.Fix}");
        }
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
