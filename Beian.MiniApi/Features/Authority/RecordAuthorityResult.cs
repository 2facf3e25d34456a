using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Timers;

namespace Beian.MiniApi.Features.Authority;

/// <summary>What the authority decided.</summary>
public enum AuthorityDecision
{
    Approved = 1,
    Rejected = 2,
}

/// <summary>The number of one site.</summary>
public sealed record SiteNumberRequest
{
    public required string SiteId { get; init; }

    /// <summary>网站备案号, such as 京ICP备2026000001号-1.</summary>
    public required string Number { get; init; }
}

/// <summary>The authority's decision.</summary>
public sealed record AuthorityResultRequest
{
    /// <summary><c>approved</c> or <c>rejected</c>.</summary>
    public required AuthorityDecision Result { get; init; }

    /// <summary>主体备案号; may be left out when a site was added to a filed subject.</summary>
    public string? SubjectNumber { get; init; }

    /// <summary>One for every site, with an approval.</summary>
    public IReadOnlyList<SiteNumberRequest>? SiteNumbers { get; init; }

    /// <summary>What is to be mended, with a rejection.</summary>
    public IReadOnlyList<FindingRequest>? Findings { get; init; }

    /// <summary>The authority's words.</summary>
    public string? Reason { get; init; }
}

internal static class RecordAuthorityResult
{
    public static async Task<Answer> HandleAsync(
        string filingId, Body<AuthorityResultRequest> body, CurrentUser user, FilingDesk desk, IFilingStore filings, ISubjectStore subjects, Outbox outbox, CancellationToken cancellationToken)
    {
        var request = body.Value;
        var lengths = new Lengths()
            .Text(request.SubjectNumber, FieldLengths.CertificateNumber, "/subjectNumber")
            .Text(request.Reason, FieldLengths.Note, "/reason")
            .Items(request.SiteNumbers, FieldLengths.Codes, "/siteNumbers");
        FindingRequest.Measure(request.Findings, lengths);
        if (lengths.Refusal is { } tooLong)
        {
            return tooLong.ToAnswer();
        }

        var taken = await TakenNumbers.FindAsync(filingId, request, filings, subjects, cancellationToken);
        var answer = await desk.ChangeAsStaffAsync(
            filingId,
            IfMatch.Any,
            view => Apply(view, request, taken, "staff", user.Actor),
            (filing, _, _) => Answer.Ok(AuthorityStateView.Of(filing), filing.Version),
            cancellationToken);

        // The subject's record follows from the saved filing; whoever reads it next should find it there already.
        await outbox.DrainAsync(filingId, CancellationToken.None);
        return answer;
    }

    internal static Result<Filing> Apply(DeskView view, AuthorityResultRequest request, IReadOnlySet<string> taken, string source, Actor by)
    {
        if (request.Result == AuthorityDecision.Rejected)
        {
            return view.Filing.RecordRejection(FindingRequest.Drafts(request.Findings), request.Reason, source, by, view.Now);
        }

        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < (request.SiteNumbers?.Count ?? 0); i++)
        {
            if (!numbers.TryAdd(request.SiteNumbers![i].SiteId, request.SiteNumbers[i].Number))
            {
                return ReviewErrors.BadNumbers([new Finding($"/siteNumbers/{i}/siteId", "review.siteNumberRepeated")]);
            }
        }

        FilingNumberForms forms = view.Context.Book.Tables.FilingNumbers;
        var prefix = view.Context.Book.FindProvince(view.Filing.Snapshot.Verification.Region?.Province)?.FilingPrefix ?? string.Empty;
        return view.Filing.RecordApproval(
            request.SubjectNumber,
            numbers,
            taken.Contains,
            n => forms.IsSubject(n) && (forms.Licence.IsMatch(n) || view.Filing.Snapshot.SubjectId is not null || n.StartsWith(prefix, StringComparison.Ordinal)),
            forms.IsSite,
            source,
            by,
            view.Now);
    }
}
