using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Uploads;

namespace Beian.MiniApi.ReviewConsole.Outcomes;

/// <summary>What comes back from the authority, for many filings at a time.</summary>
internal static class OutcomeRoutes
{
    public static void MapOutcomePages(this ConsoleGroups console)
    {
        console.Reviewers.MapGet("/sms", SmsBoard.HandleAsync).Shows("filings").WithName("console.smsBoard");
        console.Reviewers.MapPost("/hand-overs", HandOvers.HandleAsync).WithName("console.handOvers");
        console.Reviewers.MapGet("/results", ImportResults.Show).WithName("console.results");
        console.Reviewers.MapPost("/results", ImportResults.HandleAsync).WithBodyLimit(ImportBody.MaxBytes + BodyLimits.FormBytes).WithName("console.importResults");
    }
}
