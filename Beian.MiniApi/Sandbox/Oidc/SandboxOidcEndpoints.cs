using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Beian.MiniApi.Platform;
using Microsoft.AspNetCore.WebUtilities;

namespace Beian.MiniApi.Sandbox.Oidc;

/// <summary>The routes of the played identity provider.</summary>
public static class SandboxOidcEndpoints
{
    public static WebApplicationBuilder AddSandboxOidc(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SandboxOidc>();
        return builder;
    }

    public static void MapSandboxOidc(this IEndpointRouteBuilder routes)
    {
        if (routes.MapSandbox("/sandbox/oidc") is not { } oidc)
        {
            return;
        }

        oidc.AddEndpointFilter(new RefusalFilter());
        oidc.MapGet("/.well-known/openid-configuration", (SandboxOidc all) => Json(all.Discovery()));
        oidc.MapGet("/jwks", (SandboxOidc all) => Json(all.PublishedKeys()));
        oidc.MapGet("/authorize", Authorize);
        oidc.MapPost("/token", ExchangeAsync);
        oidc.MapPost("/keys", (SandboxOidc all, bool drop = false) => Json(new JsonObject { ["kid"] = all.Keys.Rotate(all.Behaviour.Ecdsa, drop) }));
        oidc.MapGet("/behaviour", (SandboxOidc all) => Answer.Ok(all.Behaviour));
        oidc.MapPut("/behaviour", (Body<SandboxOidcBehaviour> body, SandboxOidc all) => Answer.Ok(all.Behaviour = body.Value));
    }

    /// <summary>Without a <c>person</c> the page to choose one on; with one the way back to the console.</summary>
    private static IResult Authorize(HttpContext http, SandboxOidc all)
    {
        var query = http.Request.Query;
        var asked = new SandboxOidcAsked(
            query["client_id"].ToString(), query["redirect_uri"].ToString(), query["response_type"].ToString(), query["scope"].ToString(), query["nonce"].ToString(), query["code_challenge"].ToString(), query["code_challenge_method"].ToString());
        if (all.Fault(asked) is { } fault)
        {
            return Json(new JsonObject { ["error"] = "invalid_request", ["error_description"] = fault }, StatusCodes.Status400BadRequest);
        }

        http.Response.Headers.CacheControl = "no-store";
        if (SandboxOidc.Persons.FirstOrDefault(p => p.Subject == query["person"]) is not { } person)
        {
            return TypedResults.Content(Page(http.Request), "text/html", Encoding.UTF8);
        }

        return Results.Redirect(QueryHelpers.AddQueryString(asked.RedirectUri, new Dictionary<string, string?> { ["code"] = all.CodeFor(asked, person), ["state"] = query["state"].ToString() }));
    }

    private static async Task<IResult> ExchangeAsync(HttpContext http, SandboxOidc all)
    {
        if (!http.Request.HasFormContentType)
        {
            return Json(new JsonObject { ["error"] = "invalid_request" }, StatusCodes.Status400BadRequest);
        }

        var (status, body) = all.Exchange(http.Request.Headers.Authorization, await http.Request.ReadFormAsync(http.RequestAborted));
        http.Response.Headers.CacheControl = "no-store";
        return Json(body, status);
    }

    private static string Page(HttpRequest request)
    {
        var rows = SandboxOidc.Persons.Select(p =>
        {
            var address = WebUtility.HtmlEncode($"{request.Path}{request.QueryString}&person={p.Subject}");
            return $"<li><a href=\"{address}\">{WebUtility.HtmlEncode(p.Name)}</a> {WebUtility.HtmlEncode(string.Join(", ", p.Roles))}</li>";
        });
        return HtmlPage.Of("zh-CN", "统一身份认证（沙箱）", $"<h1>统一身份认证（沙箱）</h1><p>选择一个示例人员登录。</p><ul>{string.Concat(rows)}</ul>");
    }

    private static IResult Json(JsonObject body, int status = StatusCodes.Status200OK) => Results.Text(body.ToJsonString(), "application/json", Encoding.UTF8, status);
}
