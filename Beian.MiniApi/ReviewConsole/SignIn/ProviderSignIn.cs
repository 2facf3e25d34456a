using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Features.Auth;
using Beian.MiniApi.Identity;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Microsoft.AspNetCore.DataProtection;

namespace Beian.MiniApi.ReviewConsole.SignIn;

/// <summary>Where the browser goes on by itself; a page of our own stands between, since the provider's redirect brings no strict cookies along.</summary>
/// <param name="Path">Below <c>/console</c>.</param>
public sealed record GoOn(string Path);

/// <summary>
/// What a browser remembers while its user is at the identity provider: the state that must come back with it, and where to go afterwards. Sealed, for ten minutes; lax, since
/// it comes back on the provider's redirect.
/// </summary>
internal static class ProviderCookie
{
    private const string Name = "beian-provider";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static void Leave(HttpContext http, IHostEnvironment environment, string state, string to) =>
        http.Response.Cookies.Append(Name, Sealer(http).Protect($"{state}\n{to}"), Of(http, environment, Lifetime));

    /// <summary>Where to go, when this browser began the login of that state; null otherwise. Good once.</summary>
    public static string? Take(HttpContext http, IHostEnvironment environment, string state)
    {
        if (http.Request.Cookies[Name] is not { } cookie)
        {
            return null;
        }

        http.Response.Cookies.Delete(Name, Of(http, environment, null));
        try
        {
            var parts = Sealer(http).Unprotect(cookie).Split('\n', 2);
            return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(parts[0]), Encoding.UTF8.GetBytes(state)) ? parts[1] : null;
        }
        catch (CryptographicException)
        {
            // Not one of ours: this browser has begun nothing.
            return null;
        }
    }

    private static IDataProtector Sealer(HttpContext http) => http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("console", "provider");

    private static CookieOptions Of(HttpContext http, IHostEnvironment environment, TimeSpan? lifetime)
    {
        var cookie = ConsoleSetup.CookieOf(http, environment, lifetime);
        cookie.SameSite = SameSiteMode.Lax;
        return cookie;
    }
}

internal static class ProviderStart
{
    /// <summary>A link and not a form: browsers hold a form's redirects to the addresses that forms may go to.</summary>
    public static async Task<IResult> HandleAsync(HttpContext http, ProviderLogins logins, IHostEnvironment environment, CancellationToken cancellationToken)
    {
        var begun = await logins.BeginAsync(cancellationToken);
        if (!begun.TryGet(out var view, out var refusal))
        {
            return ConsolePage.Back(http, ConsolePaths.Login, refusal);
        }

        ProviderCookie.Leave(http, environment, view.State, ConsolePage.LocalOr(http.Request.Query["to"], ConsolePaths.Queue));
        return Results.Redirect(view.Url);
    }
}

/// <summary>The console's own address: whoever just comes is sent to the queue, whoever comes from the identity provider is logged in.</summary>
internal static class ProviderReturn
{
    /// <summary>Longest code or state looked at, in characters.</summary>
    private const int MaxLength = 2000;

    public static async Task<IResult> HandleAsync(HttpContext http, ProviderLogins logins, StaffSessions sessions, IHostEnvironment environment, CancellationToken cancellationToken)
    {
        var (code, state) = (http.Request.Query["code"].ToString(), http.Request.Query["state"].ToString());
        if (state.Length == 0)
        {
            return ConsolePage.Back(http, ConsolePaths.Queue);
        }

        if (code.Length is 0 or > MaxLength || state.Length > MaxLength || ProviderCookie.Take(http, environment, state) is not { } to)
        {
            return Refused(http, IdentityErrors.Refused());
        }

        var finished = await logins.FinishAsync(new ProviderFinishRequest(code, state), cancellationToken);
        if (!finished.TryGet(out var member, out var refusal))
        {
            return Refused(http, refusal);
        }

        await ConsoleCookies.SignInAsync(http, member, await sessions.OpenForBrowserAsync(member, cancellationToken));
        return ConsolePage.Show<GoOnPage>(http, "login.done", new GoOn(ConsolePage.LocalOr(to, ConsolePaths.Queue)));
    }

    private static IResult Refused(HttpContext http, DomainError error) =>
        ConsolePage.Show<LoginPage>(http, "login.title", new LoginModel(ConsolePaths.Queue, string.Empty, error, AtProvider: true), Problems.StatusOf(error.Kind));
}
