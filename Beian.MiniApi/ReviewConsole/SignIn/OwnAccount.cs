using Beian.MiniApi.Domain;
using Beian.MiniApi.Features.Auth;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.SignIn;

/// <summary>What a member of staff sees of their own login.</summary>
/// <param name="Role">Reviewer or admin.</param>
/// <param name="IsLocal">Whether password and second factor are kept here.</param>
/// <param name="HasFactor">Whether a second factor is set up.</param>
/// <param name="Sessions">Open sessions, newest first.</param>
public sealed record AccountModel(Role Role, bool IsLocal, bool HasFactor, IReadOnlyList<SessionView> Sessions);

internal static class ShowAccount
{
    /// <summary>Most sessions shown; nobody has as many.</summary>
    private const int Most = 100;

    public static async Task<IResult> HandleAsync(HttpContext http, CurrentUser user, IStaffStore staff, ISessionStore sessions, TimeProvider time, CancellationToken cancellationToken)
    {
        var member = await staff.FindAsync(user.UserId, cancellationToken);
        var rows = await sessions.ListAsync(user.UserId, null, Most, time.GetUtcNow(), cancellationToken);
        var views = rows.Select(s => new SessionView(s.Id, s.StartedAt, s.LastUsedAt, s.Device, s.Id == user.SessionId)).ToArray();
        return ConsolePage.Show<AccountPage>(http, "account.title", new AccountModel(user.Role, member is { IsLocal: true }, member is { HasSecondFactor: true }, views));
    }
}

internal static class EndOwnSession
{
    public static async Task<IResult> HandleAsync(string sessionId, HttpContext http, CurrentUser user, SessionEnds sessions, CancellationToken cancellationToken)
    {
        var ended = await sessions.EndAsync(sessionId, user.UserId, cancellationToken);
        return ConsolePage.Back(http, ConsolePaths.Account, ended ? null : AuthErrors.SessionNotFound(), "account.ended");
    }
}
