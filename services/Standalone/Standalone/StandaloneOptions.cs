using System.ComponentModel.DataAnnotations;

namespace Marketplace.Standalone;

/// <summary>Section <c>Standalone</c>: what one process with everything in it keeps, and where.</summary>
internal sealed record StandaloneOptions
{
    public const string Section = "Standalone";

    /// <summary>Folder of the private PostgreSQL, the keys and the share log; default <c>.data</c>.</summary>
    [Required]
    public string DataFolder { get; init; } = ".data";

    /// <summary>Folder of the built web app; default <c>gateway/web/dist</c>. Without it the API is all.</summary>
    [Required]
    public string WebFolder { get; init; } = "gateway/web/dist";
}
