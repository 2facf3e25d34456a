using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Authority;

/// <summary>Whose verification it is.</summary>
public enum SmsRole
{
    SubjectPrincipal = 1,
    SitePrincipal = 2,
}

/// <summary>Why an SMS verification failed.</summary>
public enum SmsFailure
{
    Timeout = 1,

    /// <summary>Five wrong codes.</summary>
    TooManyErrors = 2,
}

/// <summary>One principal's SMS verification, as the authority's system shows it.</summary>
public sealed record SmsResultRequest
{
    /// <summary><c>subjectPrincipal</c> or <c>sitePrincipal</c>.</summary>
    public required SmsRole Role { get; init; }

    /// <summary>The site of a site principal; may be left out when they share one mobile.</summary>
    public string? SiteId { get; init; }

    /// <summary>False fails the step at once.</summary>
    public required bool Verified { get; init; }

    /// <summary>With a failure: <c>timeout</c> or <c>tooManyErrors</c>.</summary>
    public SmsFailure? Reason { get; init; }
}

internal static class RecordSmsResult
{
    public static async Task<Answer> HandleAsync(
        string filingId, Body<SmsResultRequest> body, CurrentUser user, FilingDesk desk, CheckBell bell, CancellationToken cancellationToken)
    {
        var request = body.Value;
        var answer = await desk.ChangeAsStaffAsync(
            filingId,
            IfMatch.Any,
            view => Apply(view, request.Role, request.SiteId, request.Verified, request.Reason, "staff", user.Actor),
            (filing, _, _) => Answer.Ok(AuthorityStateView.Of(filing), filing.Version),
            cancellationToken);
        bell.Wake();
        return answer;
    }

    internal static Result<Filing> Apply(DeskView view, SmsRole role, string? siteId, bool verified, SmsFailure? reason, string source, Actor by) => view.Filing.RecordSms(
        FilingViews.Name(role),
        siteId,
        verified,
        reason is { } why ? FilingViews.Name(why) : null,
        source,
        view.Context.Book.WorkingDays.AddWorkingDays(view.Now, FilingTimes.AuthorityWorkingDays),
        by,
        view.Now);
}
