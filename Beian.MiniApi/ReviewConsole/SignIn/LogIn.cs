using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Features.Auth;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.ReviewConsole.SignIn;

internal static class ShowLogin
{
    public static IResult Handle(HttpContext http, IOptions<StaffOptions> options)
    {
        var to = ConsolePage.LocalOr(http.Request.Query["to"], ConsolePaths.Queue);
        return http.Features.Get<CurrentUser>() is not null
            ? ConsolePage.Back(http, to)
            : ConsolePage.Show<LoginPage>(http, "login.title", new LoginModel(to, string.Empty, null, options.Value.Login == StaffOptions.ProviderLogin));
    }
}

internal static class LogIn
{
    /// <summary>Longest name looked at, in characters.</summary>
    private const int MaxName = 200;

    public static async Task<IResult> HandleAsync(
        HttpContext http,
        StaffLogins logins,
        StaffSessions sessions,
        IStaffStore staff,
        IDataProtectionProvider protection,
        IOptions<StaffOptions> options,
        CancellationToken cancellationToken)
    {
        var form = await ConsoleForms.ReadAsync(http);
        var to = ConsolePage.LocalOr(form.Text("to"), ConsolePaths.Queue);
        var name = form.Text("userName");
        var judged = await JudgeAsync(name, form.Raw("password"), logins, options.Value, cancellationToken);
        if (judged.TryGet(out var member, out var refusal))
        {
            return await EnterAsync(http, member, sessions, to, cancellationToken);
        }

        if (refusal.Code == AuthErrors.SecondFactorRequired().Code && await staff.FindByNameAsync(StaffMember.Canonical(name), cancellationToken) is { } known)
        {
            return ConsolePage.Show<CodePage>(http, "login.codeTitle", new CodeModel(to, LoginTicket.Of(known, protection), null));
        }

        return ConsolePage.Show<LoginPage>(http, "login.title", new LoginModel(to, name, refusal, options.Value.Login == StaffOptions.ProviderLogin), Problems.StatusOf(refusal.Kind));
    }

    /// <summary>Opens the session and goes on; whoever has something to do first is sent there by the page that refuses.</summary>
    internal static async Task<IResult> EnterAsync(HttpContext http, StaffMember member, StaffSessions sessions, string to, CancellationToken cancellationToken)
    {
        await ConsoleCookies.SignInAsync(http, member, await sessions.OpenForBrowserAsync(member, cancellationToken));
        return ConsolePage.Back(http, to);
    }

    private static async Task<Result<StaffMember>> JudgeAsync(string name, string password, StaffLogins logins, StaffOptions options, CancellationToken cancellationToken)
    {
        if (options.Login != StaffOptions.LocalLogin)
        {
            return AuthErrors.LoginIsOidc();
        }

        return name.Length is 0 or > MaxName || password.Length is 0 or > PasswordPolicy.MaxLength
            ? AuthErrors.BadCredentials()
            : await logins.CheckAsync(name, password, null, cancellationToken);
    }
}

internal static class EnterCode
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, StaffLogins logins, StaffSessions sessions, IDataProtectionProvider protection, CancellationToken cancellationToken)
    {
        var form = await ConsoleForms.ReadAsync(http);
        var to = ConsolePage.LocalOr(form.Text("to"), ConsolePaths.Queue);
        if (LoginTicket.Open(form.Text("ticket"), protection) is not { } ticket)
        {
            return ConsolePage.Back(http, ConsolePaths.Login, ConsoleErrors.LoginLapsed());
        }

        var judged = await logins.CheckCodeAsync(ticket.StaffId, ticket.PasswordSetAt, form.Text("code"), cancellationToken);
        return judged.TryGet(out var member, out var refusal)
            ? await LogIn.EnterAsync(http, member, sessions, to, cancellationToken)
            : ConsolePage.Show<CodePage>(http, "login.codeTitle", new CodeModel(to, form.Text("ticket"), refusal), Problems.StatusOf(refusal.Kind));
    }
}

internal static class LogOutHere
{
    public static async Task<IResult> HandleAsync(HttpContext http, CurrentUser user, SessionEnds sessions, CancellationToken cancellationToken)
    {
        await sessions.EndAsync(user.SessionId, cancellationToken);
        await ConsoleCookies.SignOutAsync(http);
        return ConsolePage.Back(http, ConsolePaths.Login, null, "login.out");
    }
}
