using System.Text.Json;

namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>How a message is written in the outbox, the parking table and the dead letters.</summary>
internal static class MessageJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string NameOf(Type messageType) =>
        messageType.FullName ?? throw new ArgumentException("A message has a name.", nameof(messageType));

    public static string Write(object message) => JsonSerializer.Serialize(message, message.GetType(), Options);

    /// <exception cref="JsonException">The text is not such a message.</exception>
    public static object Read(string body, Type messageType) =>
        JsonSerializer.Deserialize(body, messageType, Options)
        ?? throw new JsonException($"An empty {messageType.Name}.");
}
