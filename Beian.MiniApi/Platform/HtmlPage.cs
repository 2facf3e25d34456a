using System.Security.Cryptography;
using System.Text;

namespace Beian.MiniApi.Platform;

/// <summary>The frame of the few pages this service has: no script, nothing from outside.</summary>
public static class HtmlPage
{
    private const string Style = """

        body { font: 16px/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
        h2 { margin-top: 2.2rem; border-bottom: 1px solid #ddd; }
        table { border-collapse: collapse; } th, td { border: 1px solid #ddd; padding: .3rem .6rem; text-align: left; vertical-align: top; }
        code, pre { font: 14px/1.5 ui-monospace, monospace; background: #f5f5f5; } code { padding: 0 .2rem; } pre { padding: .6rem; overflow: auto; }
        figure { margin: 1.5rem 0; } figure img { display: block; width: 17.5rem; max-width: 100%; height: auto; } figcaption { margin-top: .6rem; color: #555; }

        """;

    /// <summary>
    /// What a browser may do with a page of this frame: show it with its one style and pictures that stand in it, and nothing else. For a
    /// <c>Content-Security-Policy</c> header.
    /// </summary>
    public static readonly string Policy =
        $"default-src 'none'; img-src data:; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <param name="language">Of the page, such as <c>zh-CN</c>.</param>
    /// <param name="title">Plain text.</param>
    /// <param name="body">HTML.</param>
    public static string Of(string language, string title, string body) => $$"""
        <!doctype html>
        <html lang="{{language}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}}</title>
        <style>{{Style}}</style>
        </head>
        <body>
        {{body}}
        </body>
        </html>
        """;
}
