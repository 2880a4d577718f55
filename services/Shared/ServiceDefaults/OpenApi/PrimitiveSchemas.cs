using Marketplace.Primitives;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Marketplace.ServiceDefaults.OpenApi;

/// <summary>Says what our primitives look like on the wire, which their converters hide from the generator.</summary>
internal sealed class PrimitiveSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(Work) || type == typeof(Hashrate) || type == typeof(UInt128))
        {
            Text(schema, pattern: "^[0-9]+$");
        }
        else if (type == typeof(Difficulty))
        {
            Text(schema, pattern: @"^[0-9]+(\.[0-9]+)?$");
        }
        else if (type == typeof(Currency))
        {
            Text(schema, pattern: "^[A-Z]{3}$");
        }
        else if (type == typeof(Money))
        {
            Money(schema);
        }
        else if (type.GetInterfaces().Any(IsTypedId))
        {
            Text(schema, format: "uuid");
        }

        return Task.CompletedTask;
    }

    private static bool IsTypedId(Type implemented) =>
        implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(ITypedId<>);

    private static JsonSchemaType NullOf(OpenApiSchema schema) => (schema.Type ?? default) & JsonSchemaType.Null;

    private static void Text(OpenApiSchema schema, string? pattern = null, string? format = null)
    {
        schema.Type = JsonSchemaType.String | NullOf(schema);
        schema.Pattern = pattern;
        schema.Format = format;
        schema.Properties?.Clear();
        schema.Required?.Clear();
    }

    private static void Money(OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.Object | NullOf(schema);
        schema.Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["amount"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"^-?[0-9]+(\.[0-9]{1,8})?$" },
            ["currency"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[A-Z]{3}$" },
        };
        schema.Required = new HashSet<string> { "amount", "currency" };
    }
}
