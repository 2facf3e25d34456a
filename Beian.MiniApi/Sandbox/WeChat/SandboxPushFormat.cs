using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>Writes an event as WeChat does: a list of one is a bare object, and XML wraps the list of a subscription event in an element.</summary>
internal static class SandboxPushFormat
{
    private const string List = "List";

    private static readonly Dictionary<string, string> Wrappers = new(StringComparer.Ordinal)
    {
        ["subscribe_msg_popup_event"] = "SubscribeMsgPopupEvent",
        ["subscribe_msg_change_event"] = "SubscribeMsgChangeEvent",
        ["subscribe_msg_sent_event"] = "SubscribeMsgSentEvent",
    };

    public static string Write(JsonObject fields, bool asXml)
    {
        if (fields[List] is JsonArray { Count: 1 } one)
        {
            fields = (JsonObject)fields.DeepClone();
            fields[List] = one[0]?.DeepClone();
        }

        return asXml ? Xml(fields) : fields.ToJsonString();
    }

    private static string Xml(JsonObject fields)
    {
        var root = Element("xml", fields).Single();
        if (fields["Event"]?.ToString() is { } name && Wrappers.TryGetValue(name, out var wrapper) && root.Elements(List).ToList() is { Count: > 0 } listed)
        {
            listed.Remove();
            root.Add(new XElement(wrapper, listed));
        }

        return root.ToString(SaveOptions.DisableFormatting);
    }

    private static IEnumerable<XElement> Element(string name, JsonNode? value) => value switch
    {
        JsonArray several => several.SelectMany(v => Element(name, v)),
        JsonObject inner => [new XElement(name, inner.SelectMany(f => Element(f.Key, f.Value)))],
        JsonValue v when v.TryGetValue<string>(out var text) => [new XElement(name, new XCData(text))],
        null => [],
        _ => [new XElement(name, value.ToJsonString())],
    };
}
