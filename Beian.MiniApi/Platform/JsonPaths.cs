using System.Text;
using System.Text.Json;

namespace Beian.MiniApi.Platform;

/// <summary>Turns a System.Text.Json path (<c>$.a['b'][0]</c>) into a JSON pointer (<c>/a/b/0</c>).</summary>
internal static class JsonPaths
{
    public static string ToPointer(string? path)
    {
        if (string.IsNullOrEmpty(path) || path[0] != '$')
        {
            return string.Empty;
        }

        var pointer = new StringBuilder();
        var i = 1;
        while (i < path.Length)
        {
            if (path[i] == '.')
            {
                var end = path.AsSpan(i + 1).IndexOfAny('.', '[');
                end = end < 0 ? path.Length : i + 1 + end;
                Append(pointer, path[(i + 1)..end]);
                i = end;
            }
            else if (path.AsSpan(i).StartsWith("['"))
            {
                var end = path.IndexOf("']", i, StringComparison.Ordinal);
                end = end < 0 ? path.Length : end;
                Append(pointer, path[(i + 2)..end]);
                i = Math.Min(path.Length, end + 2);
            }
            else if (path[i] == '[')
            {
                var end = path.IndexOf(']', i);
                end = end < 0 ? path.Length : end;
                Append(pointer, path[(i + 1)..end]);
                i = Math.Min(path.Length, end + 1);
            }
            else
            {
                i++;
            }
        }

        return pointer.ToString();
    }

    /// <summary>Pointer of the first null that stands in an array, or null when there is none.</summary>
    public static string? NullInArray(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = ApiJson.MaxDepth });
        var path = new List<(bool IsArray, string Token, int Index)>();
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
            {
                path.RemoveAt(path.Count - 1);
                continue;
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                path[^1] = path[^1] with { Token = reader.GetString()! };
                continue;
            }

            if (path.Count > 0 && path[^1] is { IsArray: true } array)
            {
                path[^1] = array with { Token = array.Index.ToString(System.Globalization.CultureInfo.InvariantCulture), Index = array.Index + 1 };
                if (reader.TokenType == JsonTokenType.Null)
                {
                    var pointer = new StringBuilder();
                    path.ForEach(p => Append(pointer, p.Token));
                    return pointer.ToString();
                }
            }

            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                path.Add((reader.TokenType == JsonTokenType.StartArray, string.Empty, 0));
            }
        }

        return null;
    }

    private static void Append(StringBuilder pointer, string token) =>
        pointer.Append('/').Append(token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
}
