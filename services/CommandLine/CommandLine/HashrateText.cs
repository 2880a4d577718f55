using System.CommandLine.Parsing;
using System.Globalization;

namespace Marketplace.CommandLine;

/// <summary>A hashrate as people write it: <c>104.25 TH/s</c>, <c>1PH/s</c>, <c>500 GH</c>.</summary>
internal static class HashrateText
{
    private static readonly (string Unit, decimal Size)[] Units =
    [
        ("kH", 1e3m), ("MH", 1e6m), ("GH", 1e9m), ("TH", 1e12m), ("PH", 1e15m), ("EH", 1e18m),
    ];

    public static bool TryParse(string text, out Hashrate hashrate)
    {
        hashrate = default;
        var plain = text.Replace(" ", "", StringComparison.Ordinal);
        plain = plain.EndsWith("/s", StringComparison.OrdinalIgnoreCase) ? plain[..^2] : plain;
        foreach (var (unit, size) in Units)
        {
            if (plain.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && decimal.TryParse(
                    plain[..^unit.Length],
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var amount)
                && amount > 0 && amount <= (decimal)Hashrate.Max.HashesPerSecond / size)
            {
                hashrate = new Hashrate((UInt128)(amount * size));
                return true;
            }
        }

        return false;
    }

    /// <summary>For an option's <c>CustomParser</c>: another text is an error of the command line.</summary>
    public static Hashrate Parse(ArgumentResult argument)
    {
        var text = string.Join(' ', argument.Tokens.Select(token => token.Value));
        if (!TryParse(text, out var hashrate))
        {
            argument.AddError($"'{text}' is not a hashrate. Write it as 104.25TH/s or 1PH/s.");
        }

        return hashrate;
    }
}
