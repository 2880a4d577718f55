namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// Many pools take a difficulty from the password and know no suggest_difficulty. It is asked for there only where the
/// password is none: the usual <c>x</c>, or nothing. Pure.
/// </summary>
internal static class PoolPassword
{
    private const string NoPassword = "x";

    /// <returns><c>d=4096</c> or <c>x,d=4096</c>; a password that may be one as it is.</returns>
    public static string Asking(string password, Difficulty difficulty) => password switch
    {
        "" => $"d={difficulty}",
        NoPassword => $"{NoPassword},d={difficulty}",
        _ => password,
    };
}
