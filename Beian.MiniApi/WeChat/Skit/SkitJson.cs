using System.Text;
using System.Text.Json;
using Beian.MiniApi.Platform;
using SKIT.FlurlHttpClient;

namespace Beian.MiniApi.WeChat.Skit;

/// <summary>
/// SKIT's own way of writing JSON, but with nothing as <c>\uXXXX</c> (errcode 40033), which it leaves in for characters beyond the first plane. Answers are not
/// read here, so that none is lost by a member of an unexpected type.
/// </summary>
internal sealed class SkitJson : IJsonSerializer
{
    private static readonly JsonSerializerOptions Options = SystemTextJsonSerializer.GetDefaultSerializerOptions();

    public string Serialize(object? obj, Type type) => Encoding.UTF8.GetString(BareJson.Unescape(JsonSerializer.SerializeToUtf8Bytes(obj, type, Options)));

    public object? Deserialize(string json, Type type) => Activator.CreateInstance(type);
}
