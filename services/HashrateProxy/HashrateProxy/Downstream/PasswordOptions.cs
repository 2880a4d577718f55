namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// What firmware writes into a password because it can be configured nowhere else: <c>x,d=4096,md=512</c>.
/// </summary>
/// <param name="First">The difficulty to begin with: <c>d=</c> or <c>diff=</c>.</param>
/// <param name="Minimum">The lowest it wants: <c>md=</c>.</param>
internal readonly record struct PasswordOptions(Difficulty? First, Difficulty? Minimum)
{
    public static PasswordOptions Parse(string password)
    {
        var options = default(PasswordOptions);
        foreach (var option in password.Split(',', ';', ' '))
        {
            if (option.Split('=') is [var key, var value] && Difficulty.TryParse(value, out var difficulty))
            {
                options = key switch
                {
                    "d" or "diff" => options with { First = options.First ?? difficulty },
                    "md" => options with { Minimum = options.Minimum ?? difficulty },
                    _ => options,
                };
            }
        }

        return options;
    }
}
