namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// How a Stratum user names its rig: <c>farm.rig</c>, and anything behind a second dot is the worker.
/// </summary>
internal static class RigLogin
{
    public static string Of(string user)
    {
        var farmEnd = user.IndexOf('.', StringComparison.Ordinal);
        var rigEnd = farmEnd < 0 ? -1 : user.IndexOf('.', farmEnd + 1);
        return rigEnd < 0 ? user : user[..rigEnd];
    }
}
