namespace Beian.MiniApi.ReviewConsole;

internal static class SwitchLanguage
{
    /// <summary>A year: whoever chose a language keeps it.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    public static async Task<IResult> HandleAsync(HttpContext http, IHostEnvironment environment)
    {
        var form = await ConsoleForms.ReadAsync(http);
        var language = form.Text("language") == "en" ? "en" : "zh-CN";
        http.Response.Cookies.Append(ConsoleGate.LanguageCookie, language, ConsoleSetup.CookieOf(http, environment, Lifetime));
        return ConsolePage.Back(http, form.Text("to"));
    }
}
