using System.Globalization;
using System.Net;
using System.Text;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.OpenApi;
using Beian.MiniApi.WeChat;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.Start;

/// <summary>The page at <c>/</c> and the lines on the console: where applicants and newcomers go from here.</summary>
public static class StartPage
{
    /// <summary>Registers the picture to scan.</summary>
    public static WebApplicationBuilder AddStartPage(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<StartPageOptions>().BindConfiguration(StartPageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<StartPicture>();
        builder.Services.AddHostedService(services => services.GetRequiredService<StartPicture>());
        return builder;
    }

    /// <param name="app">The program.</param>
    /// <param name="hasSandbox">Whether the guide to the sandbox is there.</param>
    public static WebApplication MapStartPage(this WebApplication app, bool hasSandbox)
    {
        var links = Links(app, hasSandbox);
        app.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], (HttpContext http, StartPicture picture, IOptions<WeChatOptions> weChat) => Show(http, picture.Current, weChat.Value.IsSelf, links)).ExcludeFromDescription();
        if (app.Environment.IsDevelopment())
        {
            app.Lifetime.ApplicationStarted.Register(() => Tell(app, links));
        }

        return app;
    }

    private static ContentHttpResult Show(HttpContext http, Scannable? scannable, bool isPlayed, List<(string Name, string Path)> links)
    {
        var words = Problems.WantsEnglish(http) ? StartWords.English : StartWords.Chinese;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = HtmlPage.Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        headers.Vary = "Accept-Language";
        return TypedResults.Content(HtmlPage.Of(words.Language, words.Title, Body(words, scannable, isPlayed, links)), "text/html", Encoding.UTF8);
    }

    private static string Body(StartWords words, Scannable? scannable, bool isPlayed, List<(string Name, string Path)> links)
    {
        var list = string.Concat(links.Select(l => $"""<li><a href="{l.Path}">{l.Name}</a></li>"""));
        return $"""
            <h1>{words.Title}</h1>
            <p>{words.About}</p>
            {Figure(words, scannable, isPlayed)}
            <ul>{list}</ul>
            """;
    }

    private static string Figure(StartWords words, Scannable? scannable, bool isPlayed)
    {
        if (scannable is null)
        {
            return $"<p>{words.NoPicture}</p>";
        }

        var (alt, caption) = scannable.Link is { } link
            ? (words.QrAlt, $"""{words.QrCaption}<br><a href="{WebUtility.HtmlEncode(link)}">{WebUtility.HtmlEncode(link)}</a>""")
            : isPlayed ? (words.PlaceholderAlt, words.PlaceholderCaption) : (words.CodeAlt, words.CodeCaption);
        return $"""<figure><img src="{scannable.Source}" alt="{alt}" width="280" height="280"><figcaption>{caption}</figcaption></figure>""";
    }

    private static List<(string Name, string Path)> Links(WebApplication app, bool hasSandbox)
    {
        var links = new List<(string Name, string Path)>();
        if (OpenApiSetup.IsOn(app.Configuration))
        {
            links.Add(("Swagger", "/swagger"));
        }

        if (hasSandbox)
        {
            links.Add(("Sandbox guide", "/sandbox"));
        }

        links.Add(("Review console", "/console"));
        links.Add(("Health", "/health/ready"));
        return links;
    }

    private static void Tell(WebApplication app, List<(string Name, string Path)> links)
    {
        var text = new StringBuilder("\nBeian MiniApi is ready. Where to begin:\n\n");
        var address = app.Services.GetRequiredService<SelfAddress>().Base().ToString().TrimEnd('/');
        foreach (var (name, path) in links)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {name,-14} {address}{path}\n");
        }

        Console.Out.WriteLine(text);
    }
}
