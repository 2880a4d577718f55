using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketplace.Primitives;

/// <summary>An ISO 4217 currency that is traded here, with the digits of its minor unit.</summary>
[JsonConverter(typeof(CurrencyJsonConverter))]
public readonly record struct Currency
{
    private readonly string? _code;

    private Currency(string code) => _code = code;

    public static Currency Usd { get; } = new("USD");

    public static Currency Eur { get; } = new("EUR");

    public string Code => _code ?? throw new InvalidOperationException("Money without a currency.");

    /// <summary>Both currencies traded here have cents.</summary>
    public const int MinorDigits = 2;

    /// <exception cref="BusinessRuleException"><c>currency-unknown</c></exception>
    public static Currency Of(string code) => code switch
    {
        "USD" => Usd,
        "EUR" => Eur,
        _ => throw BusinessRuleException.Invalid(
            "currency-unknown", $"'{code}' is not a currency that is traded here."),
    };

    public override string ToString() => Code;
}

internal sealed class CurrencyJsonConverter : JsonConverter<Currency>
{
    public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Currency.Of(reader.GetString() ?? "");
        }
        catch (BusinessRuleException unknown)
        {
            throw new JsonException(unknown.Message, unknown);
        }
    }

    public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Code);
}
