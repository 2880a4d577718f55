using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Marketplace.Stratum;

/// <summary>
/// One line, taken apart without copying: every span points into the line. Parsing never throws and never allocates for
/// a well-formed line; what is inside <see cref="Parameters"/> is read by the type of the request.
/// </summary>
public readonly ref struct StratumMessage
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = StratumLimits.JsonDepth };

    public MessageKind Kind { get; private init; }

    public MessageFault Fault { get; private init; }

    public StratumMethod Method { get; private init; }

    /// <summary>
    /// The id as raw JSON of whatever type it has, to be echoed as it came; <c>null</c> when there is none.
    /// </summary>
    public ReadOnlySpan<byte> Id { get; private init; }

    /// <summary>The method's name as it was written, without quotes; empty for a response.</summary>
    public ReadOnlySpan<byte> MethodName { get; private init; }

    /// <summary>The params as raw JSON; empty when there are none.</summary>
    public ReadOnlySpan<byte> Parameters { get; private init; }

    /// <summary>The result as raw JSON; empty when there is none.</summary>
    public ReadOnlySpan<byte> Result { get; private init; }

    /// <summary>The error as raw JSON; empty when there is none or it is null.</summary>
    public ReadOnlySpan<byte> Error { get; private init; }

    /// <summary>The text some pools put beside <c>"error":null</c>, as raw JSON; empty when there is none.</summary>
    public ReadOnlySpan<byte> RejectReason { get; private init; }

    /// <summary>
    /// Takes a line apart. A line that is no message comes back as <see cref="MessageKind.Malformed"/>.
    /// </summary>
    public static StratumMessage Parse(ReadOnlySpan<byte> line)
    {
        var json = line.Trim(" \t\r"u8);
        if (json is not [(byte)'{', .., (byte)'}'])
        {
            return Malformed(Utf8.IsValid(line) ? MessageFault.NotAnObject : MessageFault.NotUtf8);
        }

        if (PlainJson.Knows(json))
        {
            return ReadObject(json);
        }

        if (!Utf8.IsValid(json))
        {
            return Malformed(MessageFault.NotUtf8);
        }

        return IsJson(json) ? ReadObject(json) : Malformed(MessageFault.NotJson);
    }

    /// <summary>The id as the number we numbered our request with; false for any other id.</summary>
    public bool TryGetIdNumber(out long number) =>
        Utf8Parser.TryParse(Id, out number, out var consumed) && consumed == Id.Length;

    /// <summary>Nothing may stand behind the object, either.</summary>
    private static bool IsJson(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            while (reader.Read())
            {
                // Only whether it can be read to its end is asked here.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static StratumMessage ReadObject(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> id = "null"u8, method = default, parameters = default, result = default;
        ReadOnlySpan<byte> error = default, rejectReason = default;
        var properties = new JsonItems(json);
        while (properties.TryNextProperty(out var name, out var found))
        {
            var value = found.Raw;
            switch (name)
            {
                case var _ when name.SequenceEqual("id"u8): id = value; break;
                case var _ when name.SequenceEqual("method"u8): method = NullAsEmpty(value); break;
                case var _ when name.SequenceEqual("params"u8): parameters = NullAsEmpty(value); break;
                case var _ when name.SequenceEqual("result"u8): result = value; break;
                case var _ when name.SequenceEqual("error"u8): error = value; break;
                case var _ when name.SequenceEqual("reject-reason"u8): rejectReason = NullAsEmpty(value); break;
            }
        }

        if (id.Length > StratumLimits.IdBytes)
        {
            return Malformed(MessageFault.IdTooLong);
        }

        return method.IsEmpty
            ? Response(id, result, error, rejectReason)
            : Call(id, method, parameters);
    }

    private static StratumMessage Call(ReadOnlySpan<byte> id, ReadOnlySpan<byte> method, ReadOnlySpan<byte> parameters)
    {
        if (method[0] != (byte)'"')
        {
            return Malformed(MessageFault.MethodNotText);
        }

        var name = method[1..^1];
        return new StratumMessage
        {
            Kind = id.SequenceEqual("null"u8) ? MessageKind.Notification : MessageKind.Request,
            Id = id,
            Method = StratumMethods.Named(name),
            MethodName = name,
            Parameters = parameters,
        };
    }

    private static StratumMessage Response(
        ReadOnlySpan<byte> id, ReadOnlySpan<byte> result, ReadOnlySpan<byte> error, ReadOnlySpan<byte> rejectReason) =>
        result.IsEmpty && error.IsEmpty && rejectReason.IsEmpty
            ? Malformed(MessageFault.NeitherMethodNorResult)
            : new StratumMessage
            {
                Kind = MessageKind.Response,
                Id = id,
                Result = result,
                Error = NullAsEmpty(error),
                RejectReason = rejectReason,
            };

    private static StratumMessage Malformed(MessageFault fault) => new() { Fault = fault, Id = "null"u8 };

    private static ReadOnlySpan<byte> NullAsEmpty(ReadOnlySpan<byte> value) =>
        value.SequenceEqual("null"u8) ? default : value;
}
