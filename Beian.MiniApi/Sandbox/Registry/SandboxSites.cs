using System.Net;
using System.Text;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Sandbox.Registry;

/// <summary>The played sites: a request for a domain that was set to resolve, on the port of this very server, gets what the domain's settings say.</summary>
internal static class SandboxSites
{
    public static void UseSandboxSites(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var host = http.Request.Host.Host;
        var ours = host.Length == 0 || host == "localhost" || IPAddress.TryParse(host.Trim('[', ']'), out _);
        return !ours && http.RequestServices.GetRequiredService<SandboxRegistryBook>().Find(host) is { Resolves: true } domain
            ? AnswerAsync(http, domain)
            : next(http);
    });

    private static Task AnswerAsync(HttpContext http, SandboxDomain domain)
    {
        switch (domain.Site)
        {
            case SandboxSite.Silent:
                http.Abort();
                return Task.CompletedTask;
            case SandboxSite.Error:
                return Results.Text("out of order", "text/plain", Encoding.UTF8, StatusCodes.Status500InternalServerError).ExecuteAsync(http);
            default:
                var number = domain.FooterNumber is null ? string.Empty : $"""<footer><a href="https://beian.miit.gov.cn/">{WebUtility.HtmlEncode(domain.FooterNumber)}</a></footer>""";
                return Results.Text(HtmlPage.Of("zh-CN", "示例网站", "<h1>示例网站</h1>" + number), "text/html", Encoding.UTF8).ExecuteAsync(http);
        }
    }
}
