using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Audit;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.ReviewConsole.Admin;
using Beian.MiniApi.ReviewConsole.Deliveries;
using Beian.MiniApi.ReviewConsole.Desk;
using Beian.MiniApi.ReviewConsole.Outcomes;
using Beian.MiniApi.ReviewConsole.Queue;
using Beian.MiniApi.ReviewConsole.Reasons;
using Beian.MiniApi.ReviewConsole.SignIn;
using Beian.MiniApi.ReviewConsole.Stats;
using Microsoft.AspNetCore.Antiforgery;

namespace Beian.MiniApi.ReviewConsole;

/// <summary>
/// Where pages put their routes, below <c>/console</c>. Every route has a name (the audit trail tells it), those that show personal data say so by <c>Shows</c>, and
/// forms have been looked at before a handler runs.
/// </summary>
/// <param name="Open">Whoever comes; only what has to do with logging in.</param>
/// <param name="Reviewers">Reviewers and admins.</param>
/// <param name="Admins">Admins alone.</param>
public sealed record ConsoleGroups(RouteGroupBuilder Open, RouteGroupBuilder Reviewers, RouteGroupBuilder Admins);

/// <summary>The console's pages: one line each.</summary>
public static class ConsoleRoutes
{
    public static WebApplication MapReviewConsole(this WebApplication app)
    {
        var console = app.MapGroup(ConsoleCookies.Root).ExcludeFromDescription();
        console.AddEndpointFilter(new ConsoleFilter(app.Services.GetRequiredService<IAntiforgery>()));
        console.AddEndpointFilter(new RefusalFilter());
        console.AddEndpointFilter(app.Services.GetRequiredService<ViewFilter>());
        var groups = new ConsoleGroups(
            console.MapGroup("").AllowAnonymous(),
            console.MapGroup("").RequireAuthorization(Policies.Reviewer),
            console.MapGroup("").RequireAuthorization(Policies.Admin));

        groups.Open.MapGet("/assets/{hash}/{name}", ConsoleAssets.Get).WithName("console.asset");
        groups.Open.MapPost("/language", SwitchLanguage.HandleAsync).WithName("console.language");
        groups.Reviewers.MapGet("/alive", () => Results.NoContent()).WithName("console.alive");
        groups.MapSignInPages();
        groups.MapQueuePages();
        groups.MapDeskPages();
        groups.MapOutcomePages();
        groups.MapReasonPages();
        groups.MapStatsPages();
        groups.MapDeliveryPages();
        groups.MapAdminPages();
        return app;
    }
}
