namespace Beian.MiniApi.ReviewConsole.Reasons;

/// <summary>The texts for sending back. Reviewers keep them: they write them.</summary>
internal static class ReasonRoutes
{
    public static void MapReasonPages(this ConsoleGroups console)
    {
        console.Reviewers.MapGet("/reasons", ShowReasons.HandleAsync).WithName("console.reasons");
        console.Reviewers.MapPost("/reasons", SaveReason.HandleAsync).WithName("console.saveReason");
        console.Reviewers.MapPost("/reasons/change", SaveReason.ChangeAsync).WithName("console.changeReason");
    }
}
