using Beian.MiniApi.Coordination;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>Lets the holder of a session in, whether a token or a cookie names it.</summary>
internal static class SessionAdmission
{
    /// <summary>Whether the session still lives, and for which account, only the store knows. The caller becomes the request's <see cref="CurrentUser"/>.</summary>
    /// <param name="http">The request.</param>
    /// <param name="sessionId">The session that is claimed.</param>
    /// <param name="ownerId">Whose it is said to be.</param>
    /// <param name="roleName">The role it is said to have.</param>
    /// <param name="now">Real time.</param>
    /// <returns>Null when the session is over or is not what it is said to be, or when the member's login is closed; the request then holds an <see cref="EndedSession"/>.</returns>
    public static async Task<CurrentUser?> AdmitAsync(HttpContext http, string sessionId, string ownerId, string? roleName, DateTimeOffset now)
    {
        // What an instance heard, the store may not yet tell.
        var session = http.RequestServices.GetRequiredService<SignOuts>().Has(sessionId) ? null : await http.RequestServices.GetRequiredService<ISessionStore>().FindLiveAsync(sessionId, now, http.RequestAborted);
        var isIt = session is not null && session.OwnerId == ownerId && AccessTokens.NameOf(session.Role) == roleName;
        if (!isIt || await DemandsOnAsync(http, session!, now) is not { } demands)
        {
            http.Features.Set(new EndedSession());
            return null;
        }

        var user = new CurrentUser(session!.OwnerId, session.AccountId, session.Role, sessionId) { Demands = demands };
        http.Features.Set(user);
        return user;
    }

    /// <summary>What a member of staff must do first; null when the member's login is closed. Nothing is ever demanded of applicants.</summary>
    private static async Task<IReadOnlyList<StaffDemand>?> DemandsOnAsync(HttpContext http, LiveSession session, DateTimeOffset now)
    {
        if (session.Role == Role.Applicant)
        {
            return [];
        }

        var member = await http.RequestServices.GetRequiredService<IStaffStore>().FindAsync(session.OwnerId, http.RequestAborted);
        return member is { Active: true } ? http.RequestServices.GetRequiredService<StaffPolicy>().DemandsOn(member, now) : null;
    }
}

/// <summary>Left in the request when what it brought was good but its session is over.</summary>
internal sealed class EndedSession;
