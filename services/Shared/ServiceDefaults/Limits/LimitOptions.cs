using System.ComponentModel.DataAnnotations;

namespace Marketplace.ServiceDefaults.Limits;

/// <summary>Section <c>Limits</c>.</summary>
public sealed record LimitOptions
{
    /// <summary>Requests a minute of one account; default 1,200.</summary>
    [Range(1, 1_000_000)]
    public int UserRequestsPerMinute { get; init; } = 1_200;

    /// <summary>Requests a minute of one address that is not signed in; default 600.</summary>
    [Range(1, 1_000_000)]
    public int AnonymousRequestsPerMinute { get; init; } = 600;

    /// <summary>Longest request body, in bytes; default 256 KiB.</summary>
    [Range(1_024, 64 * 1_024 * 1_024)]
    public int RequestBodyBytes { get; init; } = 256 * 1_024;
}
