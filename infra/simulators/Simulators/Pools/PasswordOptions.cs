namespace Marketplace.Simulators.Pools;

/// <summary>What miners write into the password: <c>d=1024</c>, <c>diff=1024</c>.</summary>
internal static class PasswordOptions
{
    private static readonly string[] DifficultyNames = ["d", "diff"];

    public static Difficulty? Difficulty(string password)
    {
        foreach (var option in password.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = option.Split('=');
            if (pair.Length == 2 && DifficultyNames.Contains(pair[0])
                && Primitives.Difficulty.TryParse(pair[1], out var difficulty))
            {
                return difficulty;
            }
        }

        return null;
    }
}
