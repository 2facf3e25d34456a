using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;

namespace Beian.MiniApi.Features.Auth;

/// <summary>Routes of login, tokens and logout.</summary>
public static class AuthEndpoints
{
    public static RouteGroupBuilder MapAuth(this RouteGroupBuilder api)
    {
        api.MapPost("/auth/wechat", LogInWithWeChat.HandleAsync)
            .WithName("logInWithWeChat")
            .WithSummary("Log in with a code of wx.login; creates the user and an account at the first login")
            .WithTags("Auth")
            .AllowAnonymous()
            .WithMetadata(new LoginRouteAttribute())
            .Uncached()
            .Produces<LoginView>(StatusCodes.Status200OK)
            .Refuses(400, 401, 403, 413, 415, 429, 503);

        api.MapPost("/auth/refresh", RefreshSession.HandleAsync)
            .WithName("refreshSession")
            .WithSummary("Exchange a refresh token for a new pair; a token used twice ends its session")
            .WithTags("Auth")
            .AllowAnonymous()
            .Uncached()
            .Produces<TokensView>(StatusCodes.Status200OK)
            .Refuses(400, 401, 413, 415, 429);

        api.MapPost("/auth/logout", LogOut.HandleAsync)
            .WithName("logOut")
            .WithSummary("End this session, or with all=true every session of the user; acts at once")
            .WithTags("Auth")
            .RequireAuthorization(Policies.Applicant)
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(400, 401, 403, 429);

        MapSessions(api, "/me/sessions", "Me", Policies.Applicant, "listSessions", "endSession");
        MapSessions(api, "/staff/sessions", "Staff", Policies.Reviewer, "listStaffSessions", "endStaffSession");
        return api;
    }

    private static void MapSessions(RouteGroupBuilder api, string path, string tag, string policy, string list, string end)
    {
        api.MapGet(path, ListSessions.HandleAsync)
            .WithName(list)
            .WithSummary("The caller's own sessions that are open, newest first")
            .WithTags(tag)
            .RequireAuthorization(policy)
            .Produces<Page<SessionView>>(StatusCodes.Status200OK)
            .Refuses(400, 401, 403, 429);

        api.MapDelete(path + "/{sessionId}", EndSession.HandleAsync)
            .WithName(end)
            .WithSummary("End one of the caller's own sessions; acts at once")
            .WithTags(tag)
            .RequireAuthorization(policy)
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(401, 403, 404, 429);
    }
}
