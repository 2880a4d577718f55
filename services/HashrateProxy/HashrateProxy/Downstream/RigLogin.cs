namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// How a Stratum user names its rig: <c>farm.rig</c>, and anything behind a second dot is the worker.
/// </summary>
internal static class RigLogin
{
    private const string DifficultyKey = "d=";

    public static string Of(string user)
    {
        var farmEnd = user.IndexOf('.', StringComparison.Ordinal);
        var rigEnd = farmEnd < 0 ? -1 : user.IndexOf('.', farmEnd + 1);
        return rigEnd < 0 ? user : user[..rigEnd];
    }

    /// <summary>The difficulty in a password such as <c>x,d=4096</c>.</summary>
    public static Difficulty? DifficultyOption(string password)
    {
        foreach (var option in password.Split(',', ';'))
        {
            if (option.StartsWith(DifficultyKey, StringComparison.Ordinal)
                && Difficulty.TryParse(option.AsSpan(DifficultyKey.Length), out var difficulty))
            {
                return difficulty;
            }
        }

        return null;
    }
}
