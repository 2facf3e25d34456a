using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Microsoft.AspNetCore.Http.Extensions;

namespace Beian.MiniApi.ReviewConsole;

/// <summary>
/// Shows refusals as pages. Somebody who is not logged in is sent to the login and comes back afterwards; somebody who has something to do first is sent there.
/// </summary>
internal sealed class ConsoleRefusals : IRefusalPage
{
    public static readonly ConsoleRefusals Instance = new();

    public Task ShowAsync(HttpContext http, Answer refusal)
    {
        var error = refusal.Error ?? throw new ArgumentException("Not a refusal.", nameof(refusal));
        if (Elsewhere(http, error.Code) is { } path)
        {
            return ConsolePage.Back(http, path, error.Code == AuthErrors.SessionEnded().Code ? error : null).ExecuteAsync(http);
        }

        if (refusal.RetryAfterSeconds is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return ConsolePage.WriteAsync(http, typeof(RefusalPage), "refusal.title", error, refusal.Status);
    }

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
