using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>A pool that cannot be used, and at which step that showed.</summary>
public sealed class PoolUnreachableException : Exception
{
    private PoolUnreachableException(string step, string message)
        : base(message) => Step = step;

    /// <summary><c>resolve</c>, <c>address</c>, <c>connect</c> or <c>tls</c>.</summary>
    public string Step { get; }

    public static PoolUnreachableException NoAddress(PoolUrl url) =>
        new("resolve", $"{url.Host} has no usable address.");

    public static PoolUnreachableException Refused(PoolUrl url, string refusal) =>
        new("address", $"{url.Host} is refused: one of its addresses is {refusal}.");

    public static PoolUnreachableException NoAnswer(PoolUrl url) =>
        new("connect", $"{url} did not accept a connection.");

    public static PoolUnreachableException NotSecure(PoolUrl url, string reason) =>
        new("tls", $"{url} could not be secured: {reason}");
}
