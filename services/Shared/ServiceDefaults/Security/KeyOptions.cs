using System.ComponentModel.DataAnnotations;

namespace Marketplace.ServiceDefaults.Security;

/// <summary>Section <c>Keys</c>.</summary>
public sealed record KeyOptions
{
    /// <summary>The folder of the PEM files; no default, since a key that appears by itself protects nothing.</summary>
    [Required]
    public string Directory { get; init; } = "";
}
