namespace Marketplace.HashrateProxy.Routing;

/// <summary>One pool to hash for, with its password opened: it never leaves this process.</summary>
/// <param name="Priority">0 is tried first.</param>
internal sealed record PoolTarget(DestinationId Id, PoolUrl Url, string User, string Password, int Priority)
{
    /// <summary>
    /// True where a connection to the one serves the other: priority and id change nothing for the pool.
    /// </summary>
    public bool IsSamePool(PoolTarget other) =>
        Url == other.Url && User == other.User && Password == other.Password;

    /// <summary>A record prints its members; this one must not print its password.</summary>
    public override string ToString() => $"{User} at {Url}";
}
