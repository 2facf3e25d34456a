using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Beian.MiniApi.Channels.Sms;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Sandbox.Face;
using Beian.MiniApi.Sandbox.Sms;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Sandbox.Tencent;

/// <param name="ErrCode">What <c>Text.ErrCode</c> of the check is from now on, such as 0 or 2016.</param>
public sealed record SetTencentFaceRequest(int ErrCode);

/// <summary>The routes of the played Tencent Cloud.</summary>
internal static class TencentSandboxEndpoints
{
    private static readonly JsonSerializerOptions AsTheyAre = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void AddTencentSandbox(this WebApplicationBuilder builder) => builder.Services.AddSingleton<TencentSandbox>();

    public static void MapTencentSandbox(this IEndpointRouteBuilder routes)
    {
        if (routes.MapSandbox("/sandbox/tencent") is not { } tencent)
        {
            return;
        }

        tencent.AddEndpointFilter(new RefusalFilter());
        tencent.MapPost("/", AnswerAsync);
        tencent.MapGet("/page/{page}", (string page, TencentSandbox sandbox, HttpContext http) => Show(page, sandbox, http, FacePage.Rules));
        tencent.MapPost("/page/{page}", (string page, TencentSandbox sandbox, HttpContext http) => Show(page, sandbox, http, FacePage.Done));
        tencent.MapPut("/face/{token}", (string token, Body<SetTencentFaceRequest> body, TencentSandbox sandbox) =>
            sandbox.Set(token, body.Value.ErrCode) ? Answer.Ok(body.Value) : RequestErrors.RouteNotFound().ToAnswer());
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, TimeProvider time)
    {
        using var content = new MemoryStream();
        await http.Request.Body.CopyToAsync(content, http.RequestAborted);
        var body = content.ToArray();
        var product = ProductOf(http);
        var (answer, code) = Judge(http.Request, body, product, time.GetUtcNow()) is { } refused ? (null, refused) : product.Do(Parse(body)!);
        var response = answer ?? new JsonObject { ["Error"] = new JsonObject { ["Code"] = code, ["Message"] = "played by the sandbox" } };
        response["RequestId"] = Guid.NewGuid().ToString();

        // Refusals come with 200 as well.
        return TypedResults.Text(new JsonObject { ["Response"] = response }.ToJsonString(AsTheyAre), "application/json", Encoding.UTF8);
    }

    /// <summary>The product that has the action; the face checks refuse those that none has.</summary>
    private static Product ProductOf(HttpContext http)
    {
        var services = http.RequestServices;
        var action = http.Request.Headers["X-TC-Action"].ToString();
        if (action == "SendSms")
        {
            var sms = services.GetRequiredService<IOptions<TencentSmsOptions>>().Value;
            return new Product("sms", "2021-01-11", sms.SecretId, sms.SecretKey, services.GetRequiredService<SandboxSms>().Send);
        }

        var faces = services.GetRequiredService<IOptions<TencentFaceOptions>>().Value;
        var root = $"{http.Request.Scheme}://{http.Request.Host}";
        return new Product("faceid", "2018-03-01", faces.SecretId, faces.SecretKey, asked => services.GetRequiredService<TencentSandbox>().Do(action, asked, root));
    }

    private static string? Judge(HttpRequest request, byte[] body, Product product, DateTimeOffset now) =>
        SandboxTc3.Refuse(request, body, product.Service, product.SecretId ?? string.Empty, product.SecretKey ?? string.Empty, now)
        ?? (request.Headers["X-TC-Version"] == product.Version ? null : "NoSuchVersion")
        ?? (Parse(body) is null ? "InvalidParameter" : null);

    private static JsonObject? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult Show(string page, TencentSandbox sandbox, HttpContext http, string html) =>
        sandbox.Open(page) ? FacePage.Of(http, html) : RequestErrors.RouteNotFound().ToAnswer();

    /// <summary>One product of the played cloud, with the key that calls of it are signed by.</summary>
    private sealed record Product(string Service, string Version, string? SecretId, string? SecretKey, Func<JsonObject, (JsonObject? Answer, string? Code)> Do);
}
