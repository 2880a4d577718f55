using System.Diagnostics;
using Marketplace.Messages;

namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>A message that waits in the database of its publisher until its consumers have it.</summary>
public sealed class OutboxMessage
{
    public required Guid Id { get; init; }

    /// <summary>The order of writing, given by the database.</summary>
    public long Sequence { get; private set; }

    /// <summary>The full name of the message's type: part of the wire.</summary>
    public required string MessageType { get; init; }

    public required string Body { get; init; }

    public Guid? AggregateId { get; init; }

    /// <summary>W3C trace context of the request that caused it.</summary>
    public string? TraceParent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last of its consumers had it; null while it waits.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    public int Attempts { get; private set; }

    public TMessage Read<TMessage>()
        where TMessage : class => (TMessage)MessageJson.Read(Body, typeof(TMessage));

    internal static OutboxMessage Of<TMessage>(TMessage message, DateTimeOffset now)
        where TMessage : class => new()
        {
            Id = Guid.CreateVersion7(now),
            MessageType = MessageJson.NameOf(message.GetType()),
            Body = MessageJson.Write(message),
            AggregateId = (message as IVersioned)?.AggregateId,
            TraceParent = Activity.Current?.Id,
            CreatedAt = now,
        };
}
