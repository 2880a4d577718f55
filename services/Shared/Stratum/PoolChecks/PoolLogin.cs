namespace Marketplace.Stratum;

/// <summary>How one authorises at a pool.</summary>
public sealed record PoolLogin(string User, string Password)
{
    /// <summary>A record prints its members; this one must not print its password.</summary>
    public override string ToString() => User;
}
