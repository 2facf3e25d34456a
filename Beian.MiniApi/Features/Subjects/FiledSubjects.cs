using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Subjects;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Subjects;

/// <summary>A filed subject with its numbers.</summary>
/// <param name="Number">主体备案号.</param>
/// <param name="Principal">主体负责人, masked.</param>
public sealed record FiledSubjectView(
    string Id, string Number, string? Name, RegionView? Region, int? SubjectNature, MaskedPersonView Principal, DateTimeOffset FiledAt, IReadOnlyList<FiledSiteView> Sites);

/// <summary>A principal as far as it helps to recognise them.</summary>
public sealed record MaskedPersonView(string? Name, string? CertificateNumber, string? Mobile, string? Email);

/// <param name="Number">网站备案号.</param>
/// <param name="Domain">Readable form.</param>
/// <param name="AccessState"><c>accessed</c> while it is served from here.</param>
public sealed record FiledSiteView(
    string Number, string? Name, string Domain, string? ResourceId, IReadOnlyList<string> PublicIps, MaskedPersonView Principal, string AccessState, DateTimeOffset ApprovedAt);

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
        subjects.MapGet("", ListSubjects.HandleAsync)
            .WithName(nameof(ListSubjects)).WithSummary("What the account has filed")
            .Produces<Page<FiledSubjectView>>();
        subjects.MapGet("/{subjectId}", GetSubject.HandleAsync)
            .WithName(nameof(GetSubject)).WithSummary("A filed subject with its sites and numbers")
            .Produces<FiledSubjectView>().Refuses(404);
    }
}

internal static class ListSubjects
{
    public static async Task<IResult> HandleAsync(CurrentUser user, ISubjectStore subjects, CancellationToken cancellationToken)
    {
        // An account files one subject.
        var subject = await subjects.FindByAccountAsync(user.AccountId, cancellationToken);
        return Answer.Ok(new Page<FiledSubjectView>(subject is null ? [] : [FiledSubjectViews.Of(subject)], null));
    }
}

internal static class GetSubject
{
    public static async Task<IResult> HandleAsync(string subjectId, CurrentUser user, ISubjectStore subjects, CancellationToken cancellationToken) =>
        await subjects.FindAsync(subjectId, user.AccountId, cancellationToken) is { } subject
            ? Answer.Ok(FiledSubjectViews.Of(subject))
            : new DomainError("subject.notFound", ErrorKind.NotFound).ToAnswer();
}

internal static class FiledSubjectViews
{
    public static FiledSubjectView Of(FiledSubject subject) => new(
        subject.Id,
        subject.Number,
        subject.Subject.Name,
        subject.Identity.Region is { } region ? new RegionView(region.Province, region.City, region.District) : null,
        subject.Identity.SubjectNature,
        Masked(subject.Subject.Principal),
        subject.FiledAt,
        [
            .. subject.Sites.Select(s => new FiledSiteView(
                s.Number, s.Name, DomainNames.ToUnicode(s.Domain), s.ResourceId, s.PublicIps, Masked(s.Principal), s.AccessState, s.ApprovedAt)),
        ]);

    private static MaskedPersonView Masked(Person person) => new(
        Mask.Name(person.Name), Mask.Number(person.CertificateNumber), Mask.Phone(person.Mobile), Mask.Email(person.Email));
}
