using System.Text.Json;
using Beian.MiniApi.Platform.Uploads;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>A request that came past the checks.</summary>
/// <param name="Http">Its query and headers.</param>
/// <param name="Bytes">Its body, empty for a GET.</param>
/// <param name="Json">Its body as JSON; undefined for a form and for a GET.</param>
internal sealed record SandboxRequest(HttpContext Http, byte[] Bytes, JsonElement Json)
{
    /// <summary>A text of the body, or null when it is absent or no text.</summary>
    public string? Text(string name) => Of(Json, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A whole number of the body, or null.</summary>
    public int? Number(string name) => Of(Json, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    /// <summary>A member of the body, or null.</summary>
    public JsonElement? Member(string name) => Of(Json, name);

    /// <summary>A parameter of the query, or null.</summary>
    public string? Query(string name) => Http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    private static JsonElement? Of(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;
}

/// <summary>The checks that every call with an access token passes before it does anything, in WeChat's order: method, length, token, quotas, body.</summary>
internal sealed class SandboxDesk(SandboxTokenWorlds worlds, SandboxQuotas quotas)
{
    /// <summary>Longest body read, a picture of 10 MB and its form; a longer one is refused by the gateway.</summary>
    public const long MaxBodyBytes = BodyLimits.PictureRequestBytes;

    public async Task<IResult> GetAsync(HttpContext http, Func<SandboxRequest, SandboxWeChatReply> act) =>
        Refuse(http, HttpMethods.Get) is { } refusal ? refusal : await Task.FromResult(act(new SandboxRequest(http, [], default)));

    /// <summary>A call whose body is JSON.</summary>
    public async Task<IResult> PostAsync(HttpContext http, Func<SandboxRequest, ValueTask<SandboxWeChatReply>> act)
    {
        if (Refuse(http, HttpMethods.Post) is { } refusal)
        {
            return refusal;
        }

        var bytes = await ReadAsync(http);
        var (json, unreadable) = SandboxBodies.Read(bytes);
        return unreadable is not null ? unreadable : await act(new SandboxRequest(http, bytes, json));
    }

    /// <summary>A call whose body is a form with a file, or nothing.</summary>
    public async Task<IResult> UploadAsync(HttpContext http, Func<SandboxRequest, SandboxWeChatReply> act) =>
        Refuse(http, HttpMethods.Post) is { } refusal ? refusal : act(new SandboxRequest(http, await ReadAsync(http), default));

    private SandboxWeChatReply? Refuse(HttpContext http, string method)
    {
        if (SandboxCredentials.WrongMethod(http.Request, method) is { } wrongMethod)
        {
            return wrongMethod;
        }

        if (http.Request.ContentLength > MaxBodyBytes)
        {
            BodyLimits.LetFinish(http);
            return SandboxWeChatReply.Gateway(StatusCodes.Status413PayloadTooLarge);
        }

        var token = http.Request.Query["access_token"].ToString();
        var judged = worlds.Stable.Judge(token) is { } no && worlds.Plain.Judge(token) is not null ? no : null;
        return judged ?? quotas.Take(http.Request.Path.Value![SandboxWeChatSetup.Prefix.Length..].TrimStart('/'));
    }

    private static async Task<byte[]> ReadAsync(HttpContext http)
    {
        var bytes = new byte[(int)(http.Request.ContentLength ?? 0)];
        await http.Request.Body.ReadExactlyAsync(bytes, http.RequestAborted);
        return bytes;
    }
}

/// <summary>JSON bodies as WeChat reads them.</summary>
internal static class SandboxBodies
{
    /// <summary>An object, or what is wrong with it.</summary>
    public static (JsonElement Json, SandboxWeChatReply? Refusal) Read(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return (default, SandboxWeChatReply.Refusal(44002, "empty post data"));
        }

        if (bytes.AsSpan().IndexOf("\\u"u8) >= 0)
        {
            return (default, SandboxWeChatReply.Refusal(40033, "invalid charset. please check your request, if include \\uxxxx will create fail!"));
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return (document.RootElement.Clone(), null);
            }
        }
        catch (JsonException)
        {
            // Answered below like JSON of another shape.
        }

        return (default, SandboxWeChatReply.Refusal(47001, "data format error"));
    }
}
