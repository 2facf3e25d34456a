using System.Text.Json;
using System.Text.Json.Nodes;

namespace Beian.MiniApi.Platform.OpenApi;

/// <summary>A refusal as an example: its code and whatever stands beside the texts.</summary>
internal sealed record ProblemExample(string Code)
{
    public string? State { get; init; }

    public IReadOnlyList<string>? AllowedActions { get; init; }

    public int? CurrentVersion { get; init; }

    /// <summary>Code of each unmet demand, by its pointer.</summary>
    public IReadOnlyDictionary<string, string>? Errors { get; init; }
}

/// <summary>What the document shows of one operation.</summary>
/// <param name="Request">The body, or null when it has none; a string for text.</param>
/// <param name="Answer">The body of its success, or null when it has none that is JSON.</param>
/// <param name="Problems">Its own refusals by status; a status not named shows those of <see cref="ExampleBook.Usual"/>.</param>
internal sealed record OperationExample(JsonNode? Request, JsonNode? Answer, IReadOnlyDictionary<string, IReadOnlyList<ProblemExample>> Problems);

/// <summary>
/// The examples of the document, from <c>Platform/OpenApi/examples/*.json</c>: one file per tag with <c>shared</c> parts, which a string <c>"@name"</c>
/// stands for anywhere, and <c>operations</c> by operation id. A test reads every example back as the type it is an example of.
/// </summary>
internal sealed class ExampleBook
{
    private readonly Dictionary<string, OperationExample> _operations = new(StringComparer.Ordinal);

    /// <summary>Values for the placeholders of problem texts.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; private init; } = new Dictionary<string, string>();

    /// <summary>Refusals by status that most operations share.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ProblemExample>> Usual { get; private init; } = new Dictionary<string, IReadOnlyList<ProblemExample>>();

    public IEnumerable<string> OperationIds => _operations.Keys;

    /// <summary>The examples that ship inside the assembly.</summary>
    /// <exception cref="InvalidDataException">A file does not parse, names an operation twice or refers to a part that is not there.</exception>
    public static ExampleBook Load()
    {
        var files = Files().ToArray();
        var shared = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (name, node) in files.SelectMany(f => f["shared"]?.AsObject() ?? []))
        {
            shared.Add(name, node);
        }

        var common = files.Single(f => f.ContainsKey("usual"));
        var book = new ExampleBook
        {
            Arguments = common["arguments"].Deserialize<Dictionary<string, string>>(ApiJson.Data)!,
            Usual = ProblemsOf(common["usual"]),
        };
        foreach (var (id, node) in files.SelectMany(f => f["operations"]?.AsObject() ?? []))
        {
            var example = new OperationExample(Filled(node!["request"], shared), Filled(node["answer"], shared), ProblemsOf(node["problems"]));
            if (!book._operations.TryAdd(id, example))
            {
                throw new InvalidDataException($"The examples name {id} twice.");
            }
        }

        return book;
    }

    public OperationExample? Find(string? operationId) => operationId is null ? null : _operations.GetValueOrDefault(operationId);

    private static IEnumerable<JsonObject> Files()
    {
        var assembly = typeof(ExampleBook).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.Contains(".OpenApi.examples.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            yield return JsonNode.Parse(stream)?.AsObject() ?? throw new InvalidDataException($"{name} is empty.");
        }
    }

    private static Dictionary<string, IReadOnlyList<ProblemExample>> ProblemsOf(JsonNode? node)
    {
        var found = new Dictionary<string, IReadOnlyList<ProblemExample>>(StringComparer.Ordinal);
        foreach (var (status, list) in node?.AsObject() ?? [])
        {
            found[status] = [.. list!.AsArray().Select(ProblemOf)];
        }

        return found;
    }

    /// <summary>A code alone, or an object where more is to be shown.</summary>
    private static ProblemExample ProblemOf(JsonNode? node) => node is JsonValue value
        ? new ProblemExample(value.GetValue<string>())
        : node.Deserialize<ProblemExample>(ApiJson.Data) ?? throw new InvalidDataException("An example of a problem is null.");

    /// <summary>A copy in which every <c>"@name"</c> is replaced by that shared part.</summary>
    private static JsonNode? Filled(JsonNode? node, Dictionary<string, JsonNode?> shared) => node switch
    {
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Filled(m.Value, shared)))),
        JsonArray items => new JsonArray([.. items.Select(i => Filled(i, shared))]),
        JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith('@') =>
            shared.TryGetValue(text[1..], out var part) ? Filled(part, shared) : throw new InvalidDataException($"No shared example {text}."),
        _ => node?.DeepClone(),
    };
}
