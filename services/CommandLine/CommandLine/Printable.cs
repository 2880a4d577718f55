namespace Marketplace.CommandLine;

/// <summary>Names come from files and from the net: they must not steer the terminal.</summary>
internal static class Printable
{
    public static string Of(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter));
}
