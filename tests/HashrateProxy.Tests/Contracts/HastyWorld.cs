namespace Marketplace.HashrateProxy.Tests.Contracts;

/// <summary>A proxy that takes a pool for silent after a second: far sooner than any may.</summary>
public sealed class HastyWorld : ProxyWorld
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Proxy:PoolSilenceSeconds"] = "1",
        ["Proxy:PoolAnswerSeconds"] = "2",
    };
}
