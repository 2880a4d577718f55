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

    /// <summary>The worker's own part of a user; empty where there is none.</summary>
    public static string WorkerOf(string user)
    {
        var rig = Of(user);
        return rig.Length < user.Length ? user[(rig.Length + 1)..] : "";
    }
}
