using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;

namespace Beian.MiniApi.Features.Auth;

internal static class LogOut
{
    /// <param name="user">Who is calling.</param>
    /// <param name="sessions">Ends them.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    /// <param name="all">True ends every session of the caller; default false ends this one.</param>
    public static async Task<Answer> HandleAsync(CurrentUser user, SessionEnds sessions, CancellationToken cancellationToken, bool all = false)
    {
        await (all ? sessions.EndAllAsync(user.UserId, cancellationToken) : sessions.EndAsync(user.SessionId, cancellationToken));
        return Answer.NoContent();
    }
}
