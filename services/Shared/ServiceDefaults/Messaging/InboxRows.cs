namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>A message a consumer has had; written in the transaction of its effect and kept for ever.</summary>
internal sealed class InboxMessage
{
    public required string Consumer { get; init; }

    public required Guid MessageId { get; init; }

    /// <summary>SHA-256 of the message: the same id with other content is an alarm.</summary>
    public required byte[] ContentHash { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>The last version of an aggregate that a consumer has applied.</summary>
internal sealed class AppliedVersion
{
    public required string Consumer { get; init; }

    public required Guid AggregateId { get; init; }

    public required long Version { get; init; }
}

/// <summary>A version that came before its predecessor.</summary>
internal sealed class ParkedMessage
{
    public required string Consumer { get; init; }

    public required Guid AggregateId { get; init; }

    public required long Version { get; init; }

    public required Guid MessageId { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset ParkedAt { get; init; }

    /// <summary>How often it failed after its predecessor had come.</summary>
    public int Attempts { get; private set; }
}
