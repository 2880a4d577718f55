namespace Marketplace.Ordering.Destinations;

/// <summary>One pool of a quote or a contract. Its password is sealed to the proxy and never shown again.</summary>
internal sealed class Destination
{
    public required DestinationId Id { get; init; }

    /// <summary><c>stratum+tcp://host:port</c></summary>
    public required string Url { get; init; }

    public required string User { get; init; }

    public required string SealedPassword { get; init; }

    /// <summary>0 is tried first, 4 last.</summary>
    public required int Priority { get; set; }

    public Destination Copy() => new()
    {
        Id = Id,
        Url = Url,
        User = User,
        SealedPassword = SealedPassword,
        Priority = Priority,
    };
}
