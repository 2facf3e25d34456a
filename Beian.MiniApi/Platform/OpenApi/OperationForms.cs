using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Beian.MiniApi.Platform.OpenApi;

/// <summary>Request bodies that a handler reads by itself: forms with a file, and lines of text.</summary>
internal sealed class OperationForms : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (OperationDetails.Metadata<MultipartAttribute>(context.ApiDescription) is { } form)
        {
            operation.RequestBody = Body(new() { ["multipart/form-data"] = new OpenApiMediaType { Schema = Form(form) } });
        }
        else if (OperationDetails.Metadata<TextBodyAttribute>(context.ApiDescription) is { } text)
        {
            operation.RequestBody = Body(text.ContentTypes.ToDictionary(t => t, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } }));
        }
    }

    private static OpenApiRequestBody Body(Dictionary<string, OpenApiMediaType> content) => new() { Required = true, Content = content };

    private static OpenApiSchema Form(MultipartAttribute form)
    {
        var fields = form.Fields.Select(f => (Name: f.TrimEnd('?'), Optional: f.EndsWith('?'))).ToArray();
        var properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        foreach (var (name, _) in fields)
        {
            properties[name] = new OpenApiSchema { Type = JsonSchemaType.String };
        }

        properties[form.File] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = properties,
            Required = fields.Where(f => !f.Optional).Select(f => f.Name).Append(form.File).ToHashSet(StringComparer.Ordinal),
        };
    }
}
