using System.Text.Json;
using System.Text.Json.Nodes;

namespace Beian.MiniApi.ReferenceData;

/// <summary>A data file as it is served: every row says its source and the day it was checked, its own or its file's.</summary>
internal static class SourcedRows
{
    private const string Source = "source";
    private const string CheckedOn = "checkedOn";

    public static JsonObject Of(DataFile file)
    {
        var root = (JsonObject)JsonNode.Parse(file.Root.GetRawText(), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 })!;
        foreach (var item in file.Member("items").ValueKind == JsonValueKind.Array ? root["items"]!.AsArray() : throw file.Bad("items", "is not an array"))
        {
            if (item is JsonObject row)
            {
                row.TryAdd(Source, (row["basis"] is JsonArray { Count: > 0 } basis ? basis : root[Source])?.DeepClone());
                row.TryAdd(CheckedOn, (root[CheckedOn] ?? root["asOf"])?.DeepClone());
            }
        }

        return root;
    }
}
