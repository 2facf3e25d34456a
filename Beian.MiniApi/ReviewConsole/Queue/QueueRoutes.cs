using Beian.MiniApi.Platform;

namespace Beian.MiniApi.ReviewConsole.Queue;

/// <summary>The queue, and the claims taken from it.</summary>
internal static class QueueRoutes
{
    public static void MapQueuePages(this ConsoleGroups console)
    {
        console.Reviewers.MapGet("/queue", ShowQueue.HandleAsync).Shows("filings").WithName("console.queue");
        console.Reviewers.MapPost("/filings/{filingId}/claim", ClaimFromQueue.HandleAsync).WithName("console.claim");
        console.Reviewers.MapPost("/filings/{filingId}/release", ClaimFromQueue.ReleaseAsync).WithName("console.release");
    }
}
