using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http.Extensions;

namespace Beian.MiniApi.ReviewConsole;

/// <summary>What the console's handlers answer.</summary>
public static class ConsolePage
{
    /// <summary>A page in the console's frame.</summary>
    /// <param name="http">The request.</param>
    /// <param name="titleKey">Key of the phrase that is the page's title and heading.</param>
    /// <param name="model">The page's <c>Model</c>; null for a page that has none.</param>
    /// <param name="status">Of the answer, such as 422 for a form shown again with its refusal.</param>
    public static IResult Show<TPage>(HttpContext http, string titleKey, object? model = null, int status = StatusCodes.Status200OK)
        where TPage : ConsolePart => new Rendered(typeof(TPage), titleKey, model, status);

    /// <summary>Sends the browser on to a page of the console (303), so that a form is never sent twice, with a message that the page shows.</summary>
    /// <param name="http">The request.</param>
    /// <param name="path">Below <c>/console</c>; anything else becomes the queue.</param>
    /// <param name="error">Why it was not done; null when it was.</param>
    /// <param name="doneKey">Key of the phrase that says it was done; null to say nothing.</param>
    public static IResult Back(HttpContext http, string path, DomainError? error = null, string? doneKey = null)
    {
        ConsoleFlash.Leave(http, error, doneKey);
        return new See(LocalOr(path, ConsolePaths.Queue));
    }

    /// <summary>The path when it is one of the console's own; otherwise the other one. Nobody is sent elsewhere.</summary>
    public static string LocalOr(string? path, string other) =>
        path is not null && (path == ConsoleCookies.Root || path.StartsWith(ConsoleCookies.Root + "/", StringComparison.Ordinal)) && path.All(c => c is > ' ' and < '\u007f' and not '\\')
            ? path
            : other;

    /// <summary>Writes a page; the whole of it is made before its first byte leaves, so that a failure is a page of its own.</summary>
    internal static async Task WriteAsync(HttpContext http, Type page, string titleKey, object? model, int status)
    {
        var view = ViewOf(http, titleKey);
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { ["View"] = view, ["Page"] = page, ["Model"] = model };
        await using var renderer = new HtmlRenderer(http.RequestServices, http.RequestServices.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<Shell>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        var bytes = Encoding.UTF8.GetBytes(html);
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private static ConsoleView ViewOf(HttpContext http, string titleKey)
    {
        var services = http.RequestServices;
        var view = new ConsoleView(services.GetRequiredService<ConsoleWords>(), services.GetRequiredService<TextCatalogue>(), Problems.WantsEnglish(http))
        {
            Title = string.Empty,
            User = http.Features.Get<CurrentUser>(),
            UserName = http.User.FindFirst(ConsoleCookies.NameClaim)?.Value ?? string.Empty,
            Token = services.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http).RequestToken ?? string.Empty,
            Here = HttpMethods.IsGet(http.Request.Method) ? http.Request.GetEncodedPathAndQuery() : ConsolePaths.Queue,
            At = http.Request.Path.Value ?? string.Empty,
            Now = services.GetRequiredService<BusinessClock>().GetUtcNow(),
        };
        return view with { Title = view[titleKey], Flash = ConsoleFlash.Take(http, view) };
    }

    private sealed class Rendered(Type page, string titleKey, object? model, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, page, titleKey, model, status);
    }

    private sealed class See(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
