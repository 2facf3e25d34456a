using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Auth;

/// <summary>One of the caller's own sessions.</summary>
/// <param name="Id">For ending it.</param>
/// <param name="StartedAt">The login.</param>
/// <param name="LastUsedAt">The last refresh of its tokens, or the login; up to a quarter of an hour behind.</param>
/// <param name="Device">What it was opened with, such as <c>WeChat on iOS</c>; null when that was not told.</param>
/// <param name="Current">True for the session that asks.</param>
public sealed record SessionView(string Id, DateTimeOffset StartedAt, DateTimeOffset LastUsedAt, string? Device, bool Current);

internal static class ListSessions
{
    public static async Task<Answer> HandleAsync(PageRequest page, CurrentUser user, ISessionStore sessions, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = await sessions.ListAsync(user.UserId, page.After, page.Take, time.GetUtcNow(), cancellationToken);
        return Answer.Ok(Page.Of(rows, page, s => s.Id, s => new SessionView(s.Id, s.StartedAt, s.LastUsedAt, s.Device, s.Id == user.SessionId)));
    }
}

internal static class EndSession
{
    public static async Task<Answer> HandleAsync(string sessionId, CurrentUser user, SessionEnds sessions, CancellationToken cancellationToken) =>
        await sessions.EndAsync(sessionId, user.UserId, cancellationToken) ? Answer.NoContent() : AuthErrors.SessionNotFound().ToAnswer();
}
