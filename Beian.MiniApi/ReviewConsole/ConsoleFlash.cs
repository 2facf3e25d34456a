using System.Security.Cryptography;
using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform.Auth;
using Microsoft.AspNetCore.DataProtection;

namespace Beian.MiniApi.ReviewConsole;

/// <summary>
/// The message of a page that sent the browser on, in a cookie of one minute: a code and its values, never a text, and sealed, so that nobody else can leave one.
/// </summary>
internal static class ConsoleFlash
{
    private const string Name = "beian-flash";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    public static void Leave(HttpContext http, DomainError? error, string? doneKey)
    {
        if (error is null && doneKey is null)
        {
            return;
        }

        var kept = new Kept(error?.Code, doneKey, error is { Args.Count: > 0 } ? new Dictionary<string, string>(error.Args) : null, error?.RemedyCode);
        http.Response.Cookies.Append(Name, Sealer(http).Protect(JsonSerializer.Serialize(kept)), ConsoleSetup.CookieOf(http, http.RequestServices.GetRequiredService<IHostEnvironment>(), Lifetime));
    }

    /// <summary>The message left for this page, once; null without one.</summary>
    public static Flash? Take(HttpContext http, ConsoleView view)
    {
        if (http.Request.Cookies[Name] is not { Length: > 0 } cookie)
        {
            return null;
        }

        http.Response.Cookies.Delete(Name, ConsoleSetup.CookieOf(http, http.RequestServices.GetRequiredService<IHostEnvironment>(), null));
        if (Open(http, cookie) is not { } kept)
        {
            return null;
        }

        if (kept.Error is not { } code)
        {
            return new Flash(view[kept.Done ?? string.Empty], null, IsRefusal: false);
        }

        var error = new DomainError(code, ErrorKind.Invalid) { Args = kept.Args ?? [], RemedyCode = kept.Remedy };
        var text = view.Text(error);
        return new Flash(text.Title, text.Remedy is null ? text.Detail : $"{text.Detail} {text.Remedy}", IsRefusal: true);
    }

    private static Kept? Open(HttpContext http, string cookie)
    {
        try
        {
            return JsonSerializer.Deserialize<Kept>(Sealer(http).Unprotect(cookie));
        }
        catch (CryptographicException)
        {
            // Somebody else's, or of keys that are gone: then there is no message.
            return null;
        }
    }

    private static IDataProtector Sealer(HttpContext http) => http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector(ConsoleCookies.Scheme, "flash");

    private sealed record Kept(string? Error, string? Done, Dictionary<string, string>? Args, string? Remedy);
}
