using System.Text.RegularExpressions;

namespace Marketplace.Catalog.Farms;

/// <summary>
/// One half of a Stratum login <c>farm.rig</c>: lower case letters, digits and single hyphens between them. Firmware
/// appends <c>.worker</c>, so a dot never belongs to a half.
/// </summary>
internal static partial class LoginPart
{
    public const int MaxLength = 32;
    public const int MinFarmLength = 3;

    /// <summary>A farm's name is free text: what is not a letter or digit becomes a hyphen.</summary>
    /// <exception cref="BusinessRuleException"><c>farm-name-invalid</c></exception>
    public static string OfFarm(string name)
    {
        var slug = NotLetterOrDigit().Replace(name.ToLowerInvariant(), "-").Trim('-');
        return slug.Length is >= MinFarmLength and <= MaxLength
            ? slug
            : throw BusinessRuleException.Invalid(
                "farm-name-invalid",
                $"The farm's name becomes part of its Stratum logins as '{slug}': it needs {MinFarmLength} to "
                + $"{MaxLength} letters a-z, digits or hyphens.");
    }

    /// <summary>A rig's name is the login's second half as it stands, but for its case.</summary>
    /// <exception cref="BusinessRuleException"><c>rig-name-invalid</c></exception>
    public static string OfRig(string? name)
    {
        var part = name?.Trim().ToLowerInvariant() ?? "";
        return part.Length <= MaxLength && Part().IsMatch(part)
            ? part
            : throw BusinessRuleException.Invalid(
                "rig-name-invalid",
                $"The rig's name is part of its Stratum login: 1 to {MaxLength} letters a-z, digits, or single hyphens "
                + "between them.");
    }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotLetterOrDigit();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
