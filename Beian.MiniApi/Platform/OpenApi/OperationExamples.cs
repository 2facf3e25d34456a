using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Beian.MiniApi.Platform.OpenApi;

/// <summary>Puts the examples of <see cref="ExampleBook"/> into the document; refusals are worded as the service words them, in Chinese.</summary>
internal sealed class OperationExamples(ExampleBook book, TextCatalogue texts) : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var example = book.Find(operation.OperationId);
        foreach (var (type, media) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            // Where one route takes several media types, the example is an object with a text for each.
            media.Example = (example?.Request is JsonObject byType && byType.ContainsKey(type) ? byType[type] : example?.Request)?.DeepClone();
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (status[0] == '2' && response.Content is { } content)
            {
                foreach (var media in content.Where(c => c.Key.EndsWith("json", StringComparison.Ordinal)))
                {
                    media.Value.Example = example?.Answer?.DeepClone();
                }
            }
            else if (response.Content?.TryGetValue("application/problem+json", out var problem) == true)
            {
                problem.Examples = Refusals(example, status, context.ApiDescription);
            }
        }
    }

    private Dictionary<string, IOpenApiExample> Refusals(OperationExample? example, string status, ApiDescription api)
    {
        var number = int.Parse(status, CultureInfo.InvariantCulture);
        return Which(example, status, number, api).DistinctBy(p => p.Code).ToDictionary(
            p => p.Code,
            p => (IOpenApiExample)new OpenApiExample { Summary = texts.Find(p.Code, true, book.Arguments).Title, Value = Body(p, number, "/" + api.RelativePath) },
            StringComparer.Ordinal);
    }

    /// <summary>The operation's own refusals, else the usual ones of that status; and those of a key that was used before.</summary>
    private IEnumerable<ProblemExample> Which(OperationExample? example, string status, int number, ApiDescription api)
    {
        ProblemExample? ofKey = OperationDetails.Metadata<IdempotentAttribute>(api) is null ? null : number switch
        {
            StatusCodes.Status409Conflict => new ProblemExample("idempotency.inProgress"),
            StatusCodes.Status422UnprocessableEntity => new ProblemExample("idempotency.keyReused"),
            _ => null,
        };
        var onlyKey = ofKey is not null && api.SupportedResponseTypes.All(t => t.StatusCode != number);
        var own = example?.Problems.GetValueOrDefault(status) ?? (onlyKey ? [] : book.Usual.GetValueOrDefault(status) ?? []);
        return ofKey is null ? own : own.Append(ofKey);
    }

    private JsonNode? Body(ProblemExample problem, int status, string path)
    {
        var text = texts.Find(problem.Code, false, book.Arguments);
        var view = new ProblemView
        {
            Type = $"urn:beian:problem:{problem.Code}",
            Title = text.Title,
            Status = status,
            Detail = text.Detail,
            Instance = path,
            Code = problem.Code,
            TraceId = "0af7651916cd43dd8448eb211c80319c",
            Remedy = text.Remedy,
            State = problem.State,
            AllowedActions = problem.AllowedActions,
            CurrentVersion = problem.CurrentVersion,
            Errors = problem.Errors is null ? null : [.. problem.Errors.Select(e => Field(e.Key, e.Value))],
        };
        return JsonSerializer.SerializeToNode(view, ApiJson.Api);
    }

    private ProblemField Field(string pointer, string code)
    {
        var text = texts.Find(code, false, book.Arguments);
        return new ProblemField(pointer, code, text.Detail) { Remedy = text.Remedy };
    }
}
