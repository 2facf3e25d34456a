using Beian.MiniApi.Domain;
using Beian.MiniApi.Features.Auth;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;

namespace Beian.MiniApi.ReviewConsole.SignIn;

/// <summary>The page that changes one's own password.</summary>
/// <param name="IsDemanded">Whether nothing else is open until it is changed.</param>
/// <param name="Error">Why it was refused, or null.</param>
public sealed record PasswordModel(bool IsDemanded, DomainError? Error);

internal static class ShowPassword
{
    public static IResult Handle(HttpContext http, CurrentUser user) => Page(http, user, null);

    internal static IResult Page(HttpContext http, CurrentUser user, DomainError? error) => ConsolePage.Show<PasswordPage>(
        http,
        "password.title",
        new PasswordModel(user.Demands.Contains(StaffDemand.PasswordChange), error),
        error is null ? StatusCodes.Status200OK : Problems.StatusOf(error.Kind));
}

internal static class ChangePasswordHere
{
    public static async Task<IResult> HandleAsync(HttpContext http, CurrentUser user, StaffPasswords passwords, CancellationToken cancellationToken)
    {
        var form = await ConsoleForms.ReadAsync(http);
        var next = form.Raw("next");
        var refusal = next == form.Raw("again")
            ? await passwords.ChangeAsync(user, new PasswordChangeRequest(form.Raw("current"), next), cancellationToken)
            : ConsoleErrors.PasswordsDiffer();
        return refusal is null ? ConsolePage.Back(http, ConsolePaths.Account, null, "password.changed") : ShowPassword.Page(http, user, refusal);
    }
}
