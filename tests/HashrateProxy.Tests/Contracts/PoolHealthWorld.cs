namespace Marketplace.HashrateProxy.Tests.Contracts;

/// <summary>A proxy that takes a pool for gone sooner than one on a crowded machine may.</summary>
public sealed class PoolHealthWorld : ProxyWorld
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Proxy:PoolSilenceSeconds"] = "5",
        ["Proxy:PoolAnswerSeconds"] = "10",
    };
}
