using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Beian.MiniApi.Platform.OpenApi;

/// <summary>
/// Marks as required what is always written and must always be sent: members that C# requires, and constructor parameters without a default; and as
/// nullable only what may be null. Both are read from the serializer, so that the document says what the reader does, see <see cref="ApiJson"/>.
/// </summary>
internal sealed class RequiredMembers : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: { } properties } own || context.Type.Assembly != typeof(RequiredMembers).Assembly)
        {
            return;
        }

        var json = ApiJson.Api.GetTypeInfo(context.Type);
        if (json.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        foreach (var member in json.Properties)
        {
            if (!properties.TryGetValue(member.Name, out var property))
            {
                continue;
            }

            if (!member.IsGetNullable && property is OpenApiSchema { Type: { } type } typed && type.HasFlag(JsonSchemaType.Null))
            {
                var others = type & ~JsonSchemaType.Null;
                typed.Type = others == 0 ? null : others;
            }

            if (member.IsRequired || member.AssociatedParameter is { HasDefaultValue: false })
            {
                own.Required ??= new HashSet<string>(StringComparer.Ordinal);
                own.Required.Add(member.Name);
            }
        }
    }
}
