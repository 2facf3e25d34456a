using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Beian.MiniApi.WeChat;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>An answer with WeChat's envelope: HTTP 200 for refusals too, odd content types, request ids inside the message.</summary>
internal sealed class SandboxWeChatReply : IResult
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Func<HttpContext, object>? _body;
    private readonly int _status;
    private byte[]? _picture;

    private SandboxWeChatReply(int status, Func<HttpContext, object>? body) => (_status, _body) = (status, body);

    /// <summary>A success of a credential call: its fields and no errcode.</summary>
    public static SandboxWeChatReply Success(params (string Name, object Value)[] fields) =>
        new(StatusCodes.Status200OK, _ => fields.ToDictionary(f => f.Name, f => f.Value));

    /// <summary>A success of any other call: errcode 0 and its fields.</summary>
    public static SandboxWeChatReply Done(params (string Name, object Value)[] fields) => Success([("errcode", 0), ("errmsg", "ok"), .. fields]);

    /// <summary>A picture instead of JSON.</summary>
    public static SandboxWeChatReply Picture(byte[] bytes) => new(StatusCodes.Status200OK, null) { _picture = bytes };

    /// <summary>A refusal in WeChat's own words, misspelt ones included.</summary>
    public static SandboxWeChatReply Refusal(int errcode) => new(StatusCodes.Status200OK, http => Words(http, errcode, http.RequestServices.GetRequiredService<WeChatErrcodes>().Find(errcode).Errmsg));

    /// <summary>A refusal. Its message carries the request id in the way of the path's family.</summary>
    public static SandboxWeChatReply Refusal(int errcode, string text) => new(StatusCodes.Status200OK, http => Words(http, errcode, text));

    /// <summary>An answer of the gateway in front of WeChat: a status and nothing else.</summary>
    public static SandboxWeChatReply Gateway(int status) => new(status, null);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = _status;
        if (_picture is not null)
        {
            response.ContentType = "image/jpeg";
            response.ContentLength = _picture.Length;
            await response.Body.WriteAsync(_picture, httpContext.RequestAborted);
            return;
        }

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

    private static Dictionary<string, object> Words(HttpContext http, int errcode, string text)
    {
        var path = http.Request.Path.Value!;
        var hasHint = path.Contains("/wxa/", StringComparison.Ordinal) || path.Contains("/cv/", StringComparison.Ordinal);
        var hint = hasHint ? $" hint: [{RandomNumberGenerator.GetHexString(8, lowercase: true)}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}]" : string.Empty;
        return new Dictionary<string, object> { ["errcode"] = errcode, ["errmsg"] = text + hint + (IsSns(http) ? ", rid: " : " rid: ") + Rid(http) };
    }

    private static bool IsSns(HttpContext http) => http.Request.Path.Value!.Contains("/sns/", StringComparison.Ordinal);

    private static string Rid(HttpContext http) => Rid(http.RequestServices.GetRequiredService<TimeProvider>());

    /// <summary>The second of the request and two random groups, each 8 hex digits; trace ids look the same.</summary>
    public static string Rid(TimeProvider time)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var random = RandomNumberGenerator.GetHexString(16, lowercase: true);
        return string.Create(CultureInfo.InvariantCulture, $"{now:x8}-{random[..8]}-{random[8..]}");
    }
}
