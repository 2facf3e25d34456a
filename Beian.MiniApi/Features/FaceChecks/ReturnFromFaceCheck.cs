using System.Text;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Microsoft.AspNetCore.WebUtilities;

namespace Beian.MiniApi.Features.FaceChecks;

/// <summary>
/// Where the provider's page leads the person's browser back to. What the address says is not believed: it only makes us read the result sooner, and the
/// page is the same whatever it says.
/// </summary>
internal static class ReturnFromFaceCheck
{
    /// <summary>Names under which Tencent Cloud hands its tokens back.</summary>
    private static readonly string[] Names = ["BizToken", "EidToken"];

    private const string Page = """
        <!doctype html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>视频核身</title>
        <style>body{font:16px/1.6 system-ui,sans-serif;max-width:32rem;margin:2rem auto;padding:0 1rem}</style>
        </head>
        <body>
        <h1>核身已结束</h1>
        <p>请关闭本页，回到小程序查看结果。</p>
        <p lang="en">Finished. Close this page and go back to the mini program.</p>
        </body>
        </html>
        """;

    public static async Task<IResult> HandleAsync(HttpContext http, FaceCheckWatch watch)
    {
        var query = QueryHelpers.ParseQuery(http.Features.Get<QueryAside>()?.Value);
        foreach (var token in Names.Select(n => query.TryGetValue(n, out var sent) ? sent.ToString() : null).Where(t => !string.IsNullOrEmpty(t)))
        {
            await watch.WakeAsync(token!);
        }

        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        return TypedResults.Content(Page, "text/html", Encoding.UTF8);
    }
}
