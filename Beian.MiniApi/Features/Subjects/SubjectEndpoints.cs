using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Subjects;

/// <summary>The routes of subjects: the step of the form, and what has been filed.</summary>
public static class SubjectEndpoints
{
    public static void MapSubjects(this RouteGroupBuilder api)
    {
        var steps = api.MapGroup("/filings/{filingId}/subject").WithTags("Subject").RequireAuthorization(Policies.Applicant);
        steps.MapPut("", PutSubject.HandleAsync)
            .WithName(nameof(PutSubject)).WithSummary("Save the subject (主体信息)")
            .Produces<FilingView>().Refuses(404, 409, 412);
        steps.MapPut("/principal", PutSubjectPrincipal.HandleAsync)
            .WithName(nameof(PutSubjectPrincipal)).WithSummary("Save the subject's principal (主体负责人)")
            .Produces<FilingView>().Refuses(404, 409, 412);
        steps.MapPost("/confirmation", ConfirmSubject.HandleAsync).Idempotent()
            .WithName(nameof(ConfirmSubject)).WithSummary("Confirm that the filed subject is unchanged (确认主体), when adding a site")
            .Produces<FilingView>().Refuses(404, 409, 412);

        var subjects = api.MapGroup("/subjects").WithTags("Subject").RequireAuthorization(Policies.Applicant);
        subjects.MapGet("", ListSubjects.HandleAsync).Shows("accounts")
            .WithName(nameof(ListSubjects)).WithSummary("What the account has filed")
            .Produces<Page<FiledSubjectView>>();
        subjects.MapGet("/{subjectId}", GetSubject.HandleAsync).Shows("subjects", "subjectId")
            .WithName(nameof(GetSubject)).WithSummary("A filed subject with its sites and numbers")
            .Produces<FiledSubjectView>().Refuses(404);
    }
}
