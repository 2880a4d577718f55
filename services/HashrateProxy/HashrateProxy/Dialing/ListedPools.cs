using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.Stratum;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Dialing;

/// <summary>
/// The pools whose word is taken: contracts of an algorithm that pools attest are dialled to these hosts and to no
/// other. An owner may hash for any pool; what that attests is not sold.
/// </summary>
internal sealed class ListedPools(IOptions<ProxyOptions> options)
{
    /// <summary>The name of the rule in a pool's check.</summary>
    public const string Rule = PoolCheckRule.Listed;

    /// <summary>True where the algorithm is verified by hashing: then no pool needs to be believed.</summary>
    public bool Admit(Algorithm algorithm, PoolUrl url) =>
        !algorithm.IsPoolAttested || HostsOf(algorithm).Contains(url.Host, StringComparer.OrdinalIgnoreCase);

    /// <exception cref="PoolRefusedException">The pool is not on the list.</exception>
    public void Ensure(Algorithm algorithm, PoolUrl url)
    {
        if (!Admit(algorithm, url))
        {
            throw new PoolRefusedException(Rule, $"{url.Host} is not listed for {algorithm}.");
        }
    }

    /// <summary>What a pool's check says of it; null where the algorithm asks for no list.</summary>
    public PoolFinding? FindingOf(Algorithm algorithm, PoolUrl url)
    {
        if (!algorithm.IsPoolAttested)
        {
            return null;
        }

        var hosts = HostsOf(algorithm);
        return Admit(algorithm, url)
            ? PoolFinding.Pass(Rule, $"{url.Host} is listed for {algorithm}")
            : PoolFinding.Fail(
                Rule,
                $"{url.Host} is not listed; work of {algorithm} is attested by the pool",
                hosts.Length == 0
                    ? $"No pool is listed for {algorithm} here: choose another algorithm."
                    : $"Use one of {string.Join(", ", hosts)}.");
    }

    private string[] HostsOf(Algorithm algorithm) =>
        options.Value.ListedPools.GetValueOrDefault(algorithm.Name, []);
}
