namespace Marketplace.Identity.DataProtection;

/// <summary>One element of the data-protection key ring.</summary>
internal sealed class StoredKey
{
    public required Guid Id { get; init; }

    public required string FriendlyName { get; init; }

    public required string Xml { get; init; }

    public required DateTimeOffset StoredAt { get; init; }
}
