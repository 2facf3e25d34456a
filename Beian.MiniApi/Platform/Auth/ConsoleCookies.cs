using System.Security.Claims;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>
/// The console's login cookie (docs/adr/0018-the-review-console.md). It is good below <c>/console</c> and nowhere else, and the API looks at no cookie. What it holds is
/// sealed: the session's id, whose it is, and the name to show; whether that session lives is asked of the store at each request.
/// </summary>
internal sealed class ConsoleCookies(IOptions<ConsoleOptions> options, IHostEnvironment environment) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    public const string Scheme = "console";

    /// <summary>Where the console is, and the path of its cookies.</summary>
    public const string Root = "/console";

    /// <summary>The claim with what the member is called on the pages.</summary>
    public const string NameClaim = "name";

    public void Configure(CookieAuthenticationOptions cookies) => Configure(Scheme, cookies);

    public void Configure(string? name, CookieAuthenticationOptions cookies)
    {
        cookies.Cookie.Name = "beian-console";
        cookies.Cookie.Path = Root;
        cookies.Cookie.HttpOnly = true;
        cookies.Cookie.SameSite = SameSiteMode.Strict;
        cookies.Cookie.SecurePolicy = SecureIn(environment);
        cookies.ExpireTimeSpan = options.Value.IdleAfter;
        cookies.SlidingExpiration = true;
        cookies.Events = new CookieAuthenticationEvents
        {
            OnValidatePrincipal = AdmitAsync,
            OnCheckSlidingExpiration = c =>
            {
                // The framework would wait for half of the time, and somebody who was active then be out early.
                // A script or style is kept by the browser, which an answer with a cookie is not.
                c.ShouldRenew = !c.HttpContext.Request.Path.StartsWithSegments(Root + "/assets", StringComparison.OrdinalIgnoreCase);
                return Task.CompletedTask;
            },
            OnRedirectToLogin = c => Answer.Refuse(c.HttpContext.Features.Get<EndedSession>() is null ? AuthErrors.TokenMissing() : AuthErrors.SessionEnded()).ExecuteAsync(c.HttpContext),
            OnRedirectToAccessDenied = c => Answer.Refuse(AuthErrors.Forbidden()).ExecuteAsync(c.HttpContext),
        };
    }

    /// <summary>Whether a request is the console's; of those cookies are read, of all others tokens.</summary>
    public static bool IsConsole(HttpContext http) => http.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);

    /// <summary>Cookies go over TLS alone, but for a developer's own machine.</summary>
    public static CookieSecurePolicy SecureIn(IHostEnvironment environment) => environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;

    /// <summary>Hands the browser the cookie of a session that was just opened.</summary>
    public static Task SignInAsync(HttpContext http, StaffMember member, string sessionId)
    {
        Claim[] claims =
        [
            new("sub", member.Id),
            new(AccessTokens.SessionClaim, sessionId),
            new(AccessTokens.RoleClaim, AccessTokens.NameOf(member.Role)),
            new(NameClaim, member.DisplayName ?? member.UserName),
        ];
        return http.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme, "sub", AccessTokens.RoleClaim)));
    }

    /// <summary>Takes the cookie back; the session is the caller's to end.</summary>
    public static Task SignOutAsync(HttpContext http) => http.SignOutAsync(Scheme);

    private static async Task AdmitAsync(CookieValidatePrincipalContext context)
    {
        var (http, who) = (context.HttpContext, context.Principal);
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var (session, owner) = (who?.FindFirst(AccessTokens.SessionClaim)?.Value, who?.FindFirst("sub")?.Value);
        var user = session is null || owner is null ? null : await SessionAdmission.AdmitAsync(http, session, owner, who?.FindFirst(AccessTokens.RoleClaim)?.Value, now);
        if (user is null or { Role: Role.Applicant })
        {
            context.RejectPrincipal();
            await SignOutAsync(http);
        }
    }
}
