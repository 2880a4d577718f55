using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Shouldly;

namespace Marketplace.Stratum.Tests;

/// <summary>The short way through a line must never say anything else than the framework's own parser.</summary>
public sealed class PlainJsonTests(ITestOutputHelper output)
{
    private const int Cases = 20_000;

    [Theory]
    [InlineData("""{"id":4,"method":"mining.submit","params":["a.b","1f","00","5f","ab","1fffe000"]}""")]
    [InlineData("""{ "id" : 0 , "result" : true , "error" : null }""")]
    [InlineData("""{"id":null,"method":"x","params":[]}""")]
    [InlineData("{}")]
    public void What_peers_mostly_send_is_known(string line) => PlainJson.Knows(Utf8(line)).ShouldBeTrue();

    [Theory]
    [InlineData("""{"id":-1}""")]
    [InlineData("""{"id":1.5}""")]
    [InlineData("""{"id":"\u0041"}""")]
    [InlineData("""{"id":"\u00fc"}""")]
    [InlineData("""{"a":[["nested"]]}""")]
    [InlineData("""{"a":{}}""")]
    public void What_takes_more_is_left_to_the_parser(string line)
    {
        PlainJson.Knows(Utf8(line)).ShouldBeFalse();
        IsJson(Utf8(line)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"id":01}""")]
    [InlineData("""{"id":1,}""")]
    [InlineData("""{"id":1 2}""")]
    [InlineData("""{"id":truefalse}""")]
    [InlineData("""{"id":[1,]}""")]
    [InlineData("""{"id":[1}""")]
    [InlineData("""{"id":"open}""")]
    [InlineData("""{"id"}""")]
    [InlineData("""{1:1}""")]
    [InlineData("""{"id":1}}""")]
    [InlineData("""{"id":1}{}""")]
    [InlineData("""{""")]
    [InlineData("")]
    public void What_is_no_json_is_not_known(string line)
    {
        PlainJson.Knows(Utf8(line)).ShouldBeFalse();
        IsJson(Utf8(line)).ShouldBeFalse();
    }

    [Fact]
    public void What_is_known_is_json_and_is_walked_as_the_parser_walks_it()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (known, walked) = (0, 0);
        for (var count = 0; count < Cases; count++)
        {
            var line = MutatedLines.Next(random);
            var isJson = IsJson(line);
            if (PlainJson.Knows(line))
            {
                known++;
                isJson.ShouldBeTrue($"seed {seed}: {Convert.ToHexString(line)}");
            }

            if (isJson)
            {
                walked++;
                using var document = JsonDocument.Parse(line);
                Compare(document.RootElement, line, $"seed {seed}: {Convert.ToHexString(line)}");
            }
        }

        known.ShouldBeGreaterThan(100);
        walked.ShouldBeGreaterThan(known);
    }

    private static void Compare(JsonElement expected, ReadOnlySpan<byte> raw, string line)
    {
        var items = new JsonItems(raw);
        if (expected.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in expected.EnumerateObject())
            {
                items.TryNextProperty(out var name, out var value).ShouldBeTrue(line);
                ShouldBe(name, JsonMarshal.GetRawUtf8PropertyName(property), line);
                CompareValue(property.Value, value, line);
            }
        }
        else if (expected.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in expected.EnumerateArray())
            {
                items.TryNext(out var value).ShouldBeTrue(line);
                CompareValue(element, value, line);
            }
        }

        items.TryNext(out _).ShouldBeFalse(line);
        items.TryNextProperty(out _, out _).ShouldBeFalse(line);
    }

    private static void CompareValue(JsonElement expected, JsonValue value, string line)
    {
        ShouldBe(value.Raw, JsonMarshal.GetRawUtf8Value(expected), line);
        Compare(expected, value.Raw, line);
    }

    private static void ShouldBe(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected, string line) =>
        Encoding.UTF8.GetString(actual).ShouldBe(Encoding.UTF8.GetString(expected), line);

    private static bool IsJson(byte[] line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[] Utf8(string line) => Encoding.UTF8.GetBytes(line);
}
