namespace Marketplace.Catalog;

/// <summary>Text that a seller typed in and others will read.</summary>
internal static class RequiredText
{
    /// <param name="what">Named in the answer: <c>the farm's name</c>.</param>
    /// <exception cref="BusinessRuleException">
    /// The code given: the text is empty, too long or has control characters.
    /// </exception>
    public static string Of(string? text, int maxLength, string code, string what)
    {
        var trimmed = text?.Trim() ?? "";
        return trimmed.Length > 0 && trimmed.Length <= maxLength && !trimmed.Any(char.IsControl)
            ? trimmed
            : throw BusinessRuleException.Invalid(
                code, $"Give {what} in 1 to {maxLength} characters, without control characters.");
    }
}
