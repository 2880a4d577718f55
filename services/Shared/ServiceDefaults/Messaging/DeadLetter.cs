namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>A message that could not be applied, with the reason, until an operator requeues it.</summary>
internal sealed class DeadLetter
{
    public required Guid Id { get; init; }

    /// <summary>The queue it lay in, which is the consumer's name.</summary>
    public required string Consumer { get; init; }

    public required Guid MessageId { get; init; }

    public required string MessageType { get; init; }

    public required string Body { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset DiedAt { get; init; }

    /// <summary>When it was applied after all; null while it is dead.</summary>
    public DateTimeOffset? RequeuedAt { get; private set; }
}
