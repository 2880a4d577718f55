namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>The pool can be reached but not be used, and at which step that showed.</summary>
internal sealed class PoolRefusedException(string step, string message) : Exception(message)
{
    public string Step { get; } = step;
}
