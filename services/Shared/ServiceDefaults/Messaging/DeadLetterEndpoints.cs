using System.Text.Json;
using Marketplace.Primitives;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>A dead letter as operators see it. The body is not shown: it may hold what they need not know.</summary>
public sealed record DeadLetterView(
    Guid Id, string Queue, Guid MessageId, string MessageType, string Reason, DateTimeOffset DiedAt);

/// <summary>Looking at what could not be applied, and trying it again once the cause is gone.</summary>
internal static class DeadLetterEndpoints
{
    /// <summary>Dead letters of one answer, oldest first.</summary>
    private const int PageSize = 100;

    public static void MapDeadLetters(this IEndpointRouteBuilder routes, string service)
    {
        if (!routes.ServiceProvider.GetRequiredService<ServiceRegistry>().HasDatabase(service))
        {
            return;
        }

        var letters = routes.MapGroup("/operations/dead-letters").RequireAuthorization(Policies.Operator);
        letters.MapGet("/", ListAsync).WithName($"{service}ListDeadLetters")
            .WithSummary("The oldest messages that could not be applied");
        letters.MapPost("/{id:guid}/requeue", RequeueAsync).WithName($"{service}RequeueDeadLetter")
            .WithSummary("Applies a dead letter again, at once");
    }

    private static async Task<Ok<IReadOnlyList<DeadLetterView>>> ListAsync(
        HttpContext context, ServiceRegistry registry, CancellationToken cancellationToken)
    {
        await using var command = DataSource(context, registry).CreateCommand(
            """
            SELECT id, consumer, message_id, message_type, reason, died_at FROM dead_letters
            WHERE requeued_at IS NULL ORDER BY id LIMIT $1
            """);
        command.Parameters.Add(new() { Value = PageSize });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var letters = new List<DeadLetterView>();
        while (await reader.ReadAsync(cancellationToken))
        {
            letters.Add(new DeadLetterView(
                reader.GetGuid(0), reader.GetString(1), reader.GetGuid(2), reader.GetString(3), reader.GetString(4),
                await reader.GetFieldValueAsync<DateTimeOffset>(5, cancellationToken)));
        }

        return TypedResults.Ok<IReadOnlyList<DeadLetterView>>(letters);
    }

    private static async Task<NoContent> RequeueAsync(
        Guid id, HttpContext context, ServiceRegistry registry, MessageDelivery delivery, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var dataSource = DataSource(context, registry);
        var letter = await FindAsync(dataSource, id, cancellationToken)
            ?? throw BusinessRuleException.NotFound("dead-letter");
        var consumer = registry.Consumers.SingleOrDefault(one => one.QueueName == letter.Queue);
        if (consumer is null || MessageJson.NameOf(consumer.MessageType) != letter.MessageType)
        {
            throw new BusinessRuleException("message-type-unknown", "Nothing in this service consumes that message.");
        }

        await ApplyAsync(delivery, consumer, letter, cancellationToken);
        await using var command = dataSource.CreateCommand("UPDATE dead_letters SET requeued_at = $2 WHERE id = $1");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task ApplyAsync(
        MessageDelivery delivery, ConsumerRegistration consumer, Letter letter, CancellationToken cancellationToken)
    {
        try
        {
            if (await delivery.DeliverAsync(consumer, letter.MessageId, letter.Body, cancellationToken)
                == Reception.Conflicting)
            {
                throw new BusinessRuleException("message-conflicting", DeadLetters.OtherContent);
            }
        }
        catch (JsonException unreadable)
        {
            throw new BusinessRuleException("message-unreadable", unreadable.Message);
        }
    }

    private static async Task<Letter?> FindAsync(
        NpgsqlDataSource dataSource, Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            "SELECT consumer, message_id, message_type, body FROM dead_letters WHERE id = $1 AND requeued_at IS NULL");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new Letter(reader.GetString(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3))
            : null;
    }

    private static NpgsqlDataSource DataSource(HttpContext context, ServiceRegistry registry)
    {
        var service = context.GetEndpoint()!.Metadata.GetRequiredMetadata<ServiceEndpoint>().Service;
        return registry.DatabaseOf(service).DataSource(context.RequestServices);
    }

    private sealed record Letter(string Queue, Guid MessageId, string MessageType, string Body);
}
