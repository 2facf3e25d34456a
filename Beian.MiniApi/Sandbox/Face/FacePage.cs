using System.Text;

namespace Beian.MiniApi.Sandbox.Face;

/// <summary>The pages of the played face check. They show no name: whoever has the link is not told whose it is.</summary>
internal static class FacePage
{
    public static readonly string Rules = Frame("""
        <h1>视频核身（沙箱）</h1>
        <p>这里代替真实的人脸核验服务，不使用摄像头，不采集任何影像。</p>
        <ul>
          <li>背景为纯白或浅色干净墙面，无墙角、无门</li>
          <li>画面中只有本人</li>
          <li>衣着与季节相符，不得赤膊</li>
          <li>不戴帽子、耳机、口罩；眼镜无反光</li>
          <li>睁眼、表情自然，光线充足</li>
          <li>允许使用摄像头、麦克风和位置，微信为最新版本</li>
        </ul>
        <p lang="en">A plain light wall, nobody else in the picture, no hat, mask or earphones, good light.</p>
        <form method="post"><button type="submit">完成核身 / Done</button></form>
        """);

    public static readonly string Done = Frame("""
        <h1>已完成</h1>
        <p>可以关闭本页，回到小程序查看结果。</p>
        <p lang="en">Finished. Close this page and go back to the mini program.</p>
        """);

    /// <summary>The address of the page is the key to it, so it is neither kept nor handed on.</summary>
    public static Microsoft.AspNetCore.Http.HttpResults.ContentHttpResult Of(HttpContext http, string html)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
        return TypedResults.Content(html, "text/html", Encoding.UTF8);
    }

    private static string Frame(string body) => $$"""
        <!doctype html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>视频核身（沙箱）</title>
        <style>body{font:16px/1.6 system-ui,sans-serif;max-width:32rem;margin:2rem auto;padding:0 1rem}button{font:inherit;padding:.6rem 1.4rem}</style>
        </head>
        <body>
        {{body}}
        </body>
        </html>
        """;
}
