namespace Marketplace.HashrateProxy.Tests.Attested;

/// <summary>A proxy that takes the word of pools at 127.0.0.1 for x11; localhost is another host.</summary>
public sealed class AttestedWorld : ProxyWorld
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Proxy:ListedPools:x11:0"] = "127.0.0.1",
    };
}
