using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Microsoft.AspNetCore.Http.Extensions;

namespace Beian.MiniApi.ReviewConsole;

/// <summary>
/// Shows refusals as pages. Somebody who is not logged in is sent to the login and comes back afterwards; somebody who has something to do first is sent there. Whoever has sent a
/// form stays with what was typed, which can be sent again.
/// </summary>
internal sealed class ConsoleRefusals : IRefusalPage
{
    public static readonly ConsoleRefusals Instance = new();

    public async Task ShowAsync(HttpContext http, Answer refusal)
    {
        var error = refusal.Error ?? throw new ArgumentException("Not a refusal.", nameof(refusal));
        if (refusal.RetryAfterSeconds is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        var first = Elsewhere(http, error.Code);
        if ((first is not null || MayBeTakenLater(error, refusal.Status)) && await KeptForm.OfAsync(http) is { } form)
        {
            var why = first == ConsolePaths.Login ? ConsoleErrors.LoginEnded() : error;
            await ConsolePage.WriteAsync(http, typeof(KeptPage), "refusal.title", new KeptModel(why, form, first), refusal.Status);
            return;
        }

        if (first is not null)
        {
            await ConsolePage.Back(http, first, error.Code == AuthErrors.SessionEnded().Code ? error : null).ExecuteAsync(http);
            return;
        }

        await ConsolePage.WriteAsync(http, typeof(RefusalPage), "refusal.title", error, refusal.Status);
    }

    /// <summary>Whether the same request may be taken a little later, or from the member whose page it was.</summary>
    private static bool MayBeTakenLater(DomainError error, int status) =>
        status is StatusCodes.Status429TooManyRequests or >= StatusCodes.Status500InternalServerError || error.Code == ConsoleErrors.FormStale().Code;

    private static string? Elsewhere(HttpContext http, string code)
    {
        if (code == AuthErrors.PasswordExpired().Code)
        {
            return ConsolePaths.Password;
        }

        if (code == AuthErrors.SecondFactorEnrolment().Code)
        {
            return ConsolePaths.SecondFactor;
        }

        if (code != AuthErrors.TokenMissing().Code && code != AuthErrors.SessionEnded().Code)
        {
            return null;
        }

        var from = HttpMethods.IsGet(http.Request.Method) ? http.Request.GetEncodedPathAndQuery() : string.Empty;
        return from.Length == 0 ? ConsolePaths.Login : $"{ConsolePaths.Login}?to={Uri.EscapeDataString(from)}";
    }
}
