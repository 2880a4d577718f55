namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>The pool can be reached but not be used, and at which step that showed.</summary>
internal sealed class PoolRefusedException(string step, string message) : Exception(message)
{
    /// <summary>Not a step of its own: at any of them the pool stopped talking.</summary>
    public const string Silence = "silence";

    public string Step { get; } = step;

    public static PoolRefusedException SilentFor(TimeSpan limit) =>
        new(Silence, $"The pool was silent for {limit.TotalSeconds:0} s.");
}
