using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketplace.Primitives;

/// <summary>Money is <c>{"amount":"124.80","currency":"USD"}</c>: a decimal string, never a JSON number.</summary>
internal sealed class MoneyJsonConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var wire = JsonSerializer.Deserialize<MoneyWire>(ref reader, options);
        return wire is { Amount: { } amount, Currency: { } currency }
            && Money.TryParse(amount, currency, out var money)
            ? money
            : throw new JsonException("Money is an object with a decimal string 'amount' and a 'currency'.");
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("amount", value.ToAmountString());
        writer.WriteString("currency", value.Currency.Code);
        writer.WriteEndObject();
    }

    private sealed record MoneyWire(
        [property: JsonPropertyName("amount")] string? Amount,
        [property: JsonPropertyName("currency")] Currency? Currency);
}
