using System.Text;
using Npgsql;

namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>Writes what could not be applied into the consuming service's own database.</summary>
internal sealed class DeadLetters(IServiceProvider provider, ServiceRegistry registry, TimeProvider time)
{
    public const string OtherContent = "This message's id or version was used before for other content.";

    /// <summary>Longest reason that is kept, in characters.</summary>
    private const int MaxReasonLength = 8_000;

    public Task AddAsync(
        ConsumerRegistration consumer,
        Guid messageId,
        string body,
        string reason,
        CancellationToken cancellationToken) =>
        AddAsync(consumer, messageId, MessageJson.NameOf(consumer.MessageType), body, reason, cancellationToken);

    /// <param name="messageType">As the message says itself, when that is not the consumer's.</param>
    public async Task AddAsync(
        ConsumerRegistration consumer, Guid messageId, string messageType, string body, string reason,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var dataSource = registry.DatabaseOf(consumer.Service).DataSource(provider);
        await using var command = dataSource.CreateCommand("""
            INSERT INTO dead_letters (id, consumer, message_id, message_type, body, reason, died_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """);
        foreach (var value in new object[]
            {
                Guid.CreateVersion7(now), consumer.QueueName, messageId, Clean(messageType, MaxReasonLength),
                Clean(body, int.MaxValue), Clean(reason, MaxReasonLength), now,
            })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>PostgreSQL's text holds no zero character, and a hostile body may.</summary>
    private static string Clean(string text, int maxLength) =>
        new StringBuilder(text, 0, Math.Min(text.Length, maxLength), 0).Replace('\0', '\uFFFD').ToString();
}
