using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>An answer with WeChat's envelope: HTTP 200 for refusals too, odd content types, request ids inside the message.</summary>
internal sealed class SandboxWeChatReply : IResult
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Func<HttpContext, object>? _body;
    private readonly int _status;

    private SandboxWeChatReply(int status, Func<HttpContext, object>? body) => (_status, _body) = (status, body);

    /// <summary>A success of a credential call: its fields and no errcode.</summary>
    public static SandboxWeChatReply Success(params (string Name, object Value)[] fields) =>
        new(StatusCodes.Status200OK, _ => fields.ToDictionary(f => f.Name, f => f.Value));

    /// <summary>A refusal. Its message carries the request id in the way of the path's family.</summary>
    public static SandboxWeChatReply Refusal(int errcode, string text) => new(StatusCodes.Status200OK, http => new Dictionary<string, object>
    {
        ["errcode"] = errcode,
        ["errmsg"] = text + (IsSns(http) ? ", rid: " : " rid: ") + Rid(http),
    });

    /// <summary>An answer of the gateway in front of WeChat: a status and nothing else.</summary>
    public static SandboxWeChatReply Gateway(int status) => new(status, null);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = _status;
        if (_body is null)
        {
            response.ContentLength = 0;
            return;
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(_body(httpContext), Json);
        response.ContentType = IsSns(httpContext) ? "text/plain" : "application/json; encoding=utf-8";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }

    private static bool IsSns(HttpContext http) => http.Request.Path.Value!.Contains("/sns/", StringComparison.Ordinal);

    /// <summary>The second of the request and two random groups, each 8 hex digits.</summary>
    private static string Rid(HttpContext http)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds();
        var random = RandomNumberGenerator.GetHexString(16, lowercase: true);
        return string.Create(CultureInfo.InvariantCulture, $"{now:x8}-{random[..8]}-{random[8..]}");
    }
}
