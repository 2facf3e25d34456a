using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace Beian.MiniApi.WeChat.Push;

/// <summary>
/// Reads a body of WeChat's, JSON or XML, into one shape: objects, arrays and texts. Numbers become texts, since WeChat sends the same field as either; of
/// XML, an element that occurs again becomes an array, and attributes are left out.
/// </summary>
internal static class PushDocument
{
    /// <summary>More is not read, 64 KiB.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxDepth = 16;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly JsonDocumentOptions Json = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>No document type, hence no entities of the sender's making; nothing is fetched.</summary>
    private static readonly XmlReaderSettings Xml = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxBytes,
        MaxCharactersFromEntities = MaxBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>The root's fields, or null for what is neither JSON nor XML, too large or too deep.</summary>
    public static JsonObject? Read(ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxBytes)
        {
            return null;
        }

        try
        {
            var text = Utf8.GetString(body).TrimStart();
            return text.StartsWith('<') ? ReadXml(text) : ReadJson(text);
        }
        catch (Exception e) when (e is JsonException or XmlException or DecoderFallbackException or InvalidOperationException)
        {
            // The last is thrown for half a character, which JSON can write as an escape.
            return null;
        }
    }

    private static JsonObject? ReadJson(string text)
    {
        using var document = JsonDocument.Parse(text, Json);
        return Convert(document.RootElement) as JsonObject;
    }

    private static JsonNode? Convert(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Convert(p.Value)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Convert)]),
        JsonValueKind.String => JsonValue.Create(value.GetString()),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(value.GetRawText()),
    };

    private static JsonObject? ReadXml(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), Xml);
        return Convert(XElement.Load(reader), 1) as JsonObject;
    }

    private static JsonNode Convert(XElement element, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new XmlException("Too deep.");
        }

        if (!element.HasElements)
        {
            return JsonValue.Create(element.Value);
        }

        return new JsonObject(element.Elements().GroupBy(e => e.Name.LocalName, StringComparer.Ordinal).Select(g =>
        {
            var values = g.Select(e => Convert(e, depth + 1)).ToArray();
            return KeyValuePair.Create(g.Key, (JsonNode?)(values.Length == 1 ? values[0] : new JsonArray(values)));
        }));
    }
}
