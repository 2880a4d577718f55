using System.Text;
using System.Text.Json;
using MassTransit;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.Extensions.Logging;

namespace Marketplace.ServiceDefaults.Bus;

/// <summary>
/// The end of the road of a queue: what failed for good, what cannot be read and what nobody here knows becomes a dead
/// letter. If it cannot be written down the message stays with the transport.
/// </summary>
internal sealed class DeadLetterFilter(
    ConsumerRegistration consumer,
    DeadLetters deadLetters,
    Acknowledgements acknowledgements,
    ILogger<DeadLetterFilter> logger) : IFilter<ExceptionReceiveContext>, IFilter<ReceiveContext>
{
    private const string UnknownType = "Nobody in this queue knows this type of message.";

    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (context.Exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested)
        {
            throw context.Exception;
        }

        logger.LogError(context.Exception, "A message died in {Queue}", consumer.QueueName);
        await BuryAsync(context, context.Exception.ToString());
        await next.Send(context);
    }

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        logger.LogError("A message of unknown type came to {Queue}", consumer.QueueName);
        await BuryAsync(context, UnknownType);
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("dead-letter");

    private async Task BuryAsync(ReceiveContext context, string reason)
    {
        var body = Encoding.UTF8.GetString(context.Body.GetBytes());
        var letter = Letter.Read(body, consumer.MessageType, context.GetMessageId());
        await deadLetters.AddAsync(
            consumer,
            letter.MessageId,
            letter.MessageType,
            letter.Body,
            letter.WhyUnreadable is { } why ? $"{reason}\n{why}" : reason,
            context.CancellationToken);
        acknowledgements.Acknowledge(consumer.QueueName, letter.MessageId);
    }

    private sealed record Letter(Guid MessageId, string MessageType, string Body, string? WhyUnreadable = null)
    {
        /// <summary>Takes the message out of the transport's envelope; what has none is kept as it came.</summary>
        public static Letter Read(string body, Type expected, Guid? transportId)
        {
            try
            {
                using var envelope = JsonDocument.Parse(body);
                var type = envelope.RootElement.GetProperty("messageType")[0].GetString() ?? "";
                var id = envelope.RootElement.GetProperty("messageId").GetGuid();
                var isExpected = type == MessageUrn.ForType(expected).ToString();
                var message = envelope.RootElement.GetProperty("message").GetRawText();
                return new Letter(id, isExpected ? MessageJson.NameOf(expected) : type, message);
            }
            catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException
                or InvalidOperationException or FormatException or IndexOutOfRangeException)
            {
                return new Letter(transportId ?? Guid.Empty, "unreadable", body, unreadable.Message);
            }
        }
    }
}
