using System.Text;

namespace Beian.MiniApi.Platform;

/// <summary>The page at <c>/</c> and the lines on the console: where a newcomer goes from here.</summary>
public static class StartPage
{
    /// <param name="app">The program.</param>
    /// <param name="hasSandbox">Whether the guide to the sandbox is there.</param>
    public static WebApplication MapStartPage(this WebApplication app, bool hasSandbox)
    {
        var links = Links(app, hasSandbox);
        var page = HtmlPage.Of("zh-CN", "Beian MiniApi", Body(links));
        app.MapGet("/", () => TypedResults.Content(page, "text/html", Encoding.UTF8)).ExcludeFromDescription();
        if (app.Environment.IsDevelopment())
        {
            app.Lifetime.ApplicationStarted.Register(() => Tell(app, links));
        }

        return app;
    }

    private static List<(string Name, string Path)> Links(WebApplication app, bool hasSandbox)
    {
        var links = new List<(string Name, string Path)>();
        if (OpenApi.OpenApiSetup.IsOn(app.Configuration))
        {
            links.Add(("Swagger", "/swagger"));
        }

        if (hasSandbox)
        {
            links.Add(("Sandbox guide", "/sandbox"));
        }

        links.Add(("Health", "/health/ready"));
        return links;
    }

    private static void Tell(WebApplication app, List<(string Name, string Path)> links)
    {
        var text = new StringBuilder("\nBeian MiniApi is ready. Where to begin:\n\n");
        var address = app.Services.GetRequiredService<SelfAddress>().Base().ToString().TrimEnd('/');
        foreach (var (name, path) in links)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {name,-14} {address}{path}\n");
        }

        Console.Out.WriteLine(text);
    }

    private static string Body(List<(string Name, string Path)> links)
    {
        var list = string.Concat(links.Select(l => $"""<li><a href="{l.Path}">{l.Name}</a></li>"""));
        return $"""
            <h1>网站备案</h1>
            <p>请在微信小程序中办理备案：从登录、验证备案类型、填写信息、上传材料，到取得备案号。</p>
            <div class="code" role="img" aria-label="小程序码（占位图）">小程序码</div>
            <p lang="en">ICP filing for WeChat Mini Programs. The picture is a placeholder for the Mini Program's code.</p>
            <ul>{list}</ul>
            """;
    }
}

/// <summary>The frame of the few pages this service has: no script, nothing from outside.</summary>
public static class HtmlPage
{
    public static string Of(string language, string title, string body) => $$"""
        <!doctype html>
        <html lang="{{language}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}}</title>
        <style>
        body { font: 16px/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
        h2 { margin-top: 2.2rem; border-bottom: 1px solid #ddd; }
        table { border-collapse: collapse; } th, td { border: 1px solid #ddd; padding: .3rem .6rem; text-align: left; vertical-align: top; }
        code, pre { font: 14px/1.5 ui-monospace, monospace; background: #f5f5f5; } code { padding: 0 .2rem; } pre { padding: .6rem; overflow: auto; }
        .code { width: 9rem; height: 9rem; border-radius: 50%; border: 2px dashed #999; display: grid; place-items: center; color: #777; }
        </style>
        </head>
        <body>
        {{body}}
        </body>
        </html>
        """;
}
