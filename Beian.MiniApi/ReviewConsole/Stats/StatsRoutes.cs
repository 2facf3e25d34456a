namespace Beian.MiniApi.ReviewConsole.Stats;

internal static class StatsRoutes
{
    public static void MapStatsPages(this ConsoleGroups console) => console.Reviewers.MapGet("/stats", ShowStats.HandleAsync).WithName("console.stats");
}
