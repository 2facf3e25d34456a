using System.Text.Json;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>Plays the credential calls.</summary>
internal static class SandboxWeChatCalls
{
    /// <summary>Longest body read; a longer one is refused by the gateway.</summary>
    private const int MaxBodyBytes = 64 * 1024;

    public static IResult Code2Session(HttpContext http, SandboxCredentials credentials, SandboxLogins logins)
    {
        var caller = SandboxCaller.FromQuery(http.Request);
        if ((SandboxCredentials.WrongMethod(http.Request, HttpMethods.Get) ?? credentials.Refuse(caller, "authorization_code")) is { } refusal)
        {
            return refusal;
        }

        return http.Request.Query["js_code"].ToString() is { Length: > 0 } code
            ? logins.Exchange(caller.AppId!, code)
            : SandboxWeChatReply.Refusal(41008, "missing code");
    }

    public static IResult Token(HttpContext http, SandboxCredentials credentials, SandboxTokenWorlds tokens) =>
        SandboxCredentials.WrongMethod(http.Request, HttpMethods.Get)
            ?? credentials.Refuse(SandboxCaller.FromQuery(http.Request), "client_credential")
            ?? credentials.RefuseAddress(http.Connection.RemoteIpAddress)
            ?? tokens.Plain.GiveNew();

    public static async Task<IResult> StableToken(HttpContext http, SandboxCredentials credentials, SandboxTokenWorlds tokens)
    {
        if (SandboxCredentials.WrongMethod(http.Request, HttpMethods.Post) is { } wrongMethod)
        {
            return wrongMethod;
        }

        if (http.Request.ContentLength > MaxBodyBytes)
        {
            return SandboxWeChatReply.Gateway(StatusCodes.Status413PayloadTooLarge);
        }

        var bytes = new byte[(int)http.Request.ContentLength!.Value];
        await http.Request.Body.ReadExactlyAsync(bytes, http.RequestAborted);
        var (asked, unreadable) = Read(bytes);
        return unreadable
            ?? credentials.Refuse(asked!.Caller, "client_credential")
            ?? credentials.RefuseAddress(http.Connection.RemoteIpAddress)
            ?? (asked.Force ? tokens.Stable.Force() : tokens.Stable.GiveStable());
    }

    private static (StableTokenBody? Asked, SandboxWeChatReply? Refusal) Read(byte[] bytes)
    {
        var (root, refusal) = SandboxBodies.Read(bytes);
        return refusal is not null
            ? (null, refusal)
            : (new StableTokenBody(new SandboxCaller(Text(root, "appid"), Text(root, "secret"), Text(root, "grant_type")), IsTrue(root, "force_refresh")), null);
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsTrue(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private sealed record StableTokenBody(SandboxCaller Caller, bool Force);
}
