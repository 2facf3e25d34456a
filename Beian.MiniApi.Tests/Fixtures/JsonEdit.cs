using System.Text.Json.Nodes;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>Makes one fault in a document that was right.</summary>
internal static class JsonEdit
{
    /// <summary>Puts that JSON where the steps lead, or takes the member away for null.</summary>
    public static void Change(JsonNode node, string[] at, string? value)
    {
        foreach (var step in at[..^1])
        {
            node = int.TryParse(step, out var index) ? node[index]! : node[step]!;
        }

        if (value is null)
        {
            node.AsObject().Remove(at[^1]);
        }
        else if (int.TryParse(at[^1], out var last))
        {
            node[last] = JsonNode.Parse(value);
        }
        else
        {
            node[at[^1]] = JsonNode.Parse(value);
        }
    }
}
