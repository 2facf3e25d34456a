using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Filings;

/// <summary>The filing as a whole: start, look, submit, take back, give up.</summary>
public static class FilingEndpoints
{
    public static WebApplicationBuilder AddFilings(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AuthorityEstimates>();
        return builder;
    }

    public static void MapFilings(this RouteGroupBuilder api)
    {
        var filings = api.MapGroup("/filings").WithTags("Filings").RequireAuthorization(Policies.Applicant);

        filings.MapPost("", StartFiling.HandleAsync).Idempotent()
            .WithName(nameof(StartFiling)).WithSummary("Start a first filing, or add a site to a filed subject")
            .Produces<FilingView>(StatusCodes.Status201Created).Refuses(409, 422);
        filings.MapGet("", ListFilings.HandleAsync).Shows("accounts")
            .WithName(nameof(ListFilings)).WithSummary("The account's filings, newest first")
            .Produces<Page<FilingSummary>>();
        filings.MapGet("/{filingId}", GetFiling.HandleAsync).Shows("filings", "filingId")
            .WithName(nameof(GetFiling)).WithSummary("Everything of one filing: all steps, what is open, deadlines (预览)")
            .Produces<FilingView>().Refuses(404);
        filings.MapGet("/{filingId}/timeline", GetTimeline.HandleAsync).Shows("filings", "filingId")
            .WithName(nameof(GetTimeline)).WithSummary("What happened, what is expected next and when")
            .Produces<TimelineView>().Refuses(404);
        filings.MapPut("/{filingId}/call-window", PutCallWindow.HandleAsync)
            .WithName(nameof(PutCallWindow)).WithSummary("Say when the reviewer should call, until the call is made; the form stays as it is")
            .Produces<FilingView>().Refuses(400, 404, 409);
        filings.MapPost("/{filingId}/check", CheckFiling.HandleAsync).Idempotent()
            .WithName(nameof(CheckFiling)).WithSummary("Run the whole pre-submission list without submitting; what takes over 5 s comes later")
            .Produces<CheckFilingView>().Refuses(404, 409);
        filings.MapGet("/{filingId}/check", CheckFiling.ReadAsync).Shows("filings", "filingId")
            .WithName("GetFilingCheck").WithSummary("The pre-submission list: how far a run is, else what the last one found")
            .Produces<CheckFilingView>().Refuses(404);
        filings.MapPost("/{filingId}/submission", SubmitFiling.HandleAsync).Idempotent()
            .WithName(nameof(SubmitFiling)).WithSummary("Submit for review (提交备案)")
            .Produces<FilingView>(StatusCodes.Status202Accepted).Refuses(404, 409, 412, 422);
        filings.MapPost("/{filingId}/withdrawal", WithdrawFiling.HandleAsync).Idempotent()
            .WithName(nameof(WithdrawFiling)).WithSummary("Take a submission back (撤销备案); nothing typed is lost")
            .Produces<FilingView>().Refuses(404, 409, 412);
        filings.MapPost("/{filingId}/abandonment", AbandonFiling.HandleAsync).Idempotent()
            .WithName(nameof(AbandonFiling)).WithSummary("Give a filing up (放弃备案); domain, code and slot are free again")
            .Produces<FilingView>().Refuses(404, 409, 412);
    }
}
