using Beian.MiniApi.Authority;
using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Features.Authority;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Timers;

namespace Beian.MiniApi.ReviewConsole.Desk;

/// <summary>The authority's part of a filing.</summary>
internal static class AuthorityOnDesk
{
    public static async Task<IResult> HandOverAsync(
        string filingId,
        HttpContext http,
        CurrentUser user,
        DeskPages pages,
        FilingDesk desk,
        IFilingStore filings,
        FilingChecks checks,
        IAuthority authority,
        ReferenceBook book,
        BusinessClock clock,
        CheckBell bell,
        CancellationToken cancellationToken)
    {
        var input = DeskInput.Of(await ConsoleForms.ReadAsync(http));
        var answer = await SubmitToAuthority.HandleAsync(filingId, user, desk, filings, checks, authority, book, clock, bell, cancellationToken);
        return await pages.AfterAsync(http, filingId, user, input, PlacedError.Of(answer.Error), "desk.handedOver");
    }

    /// <summary>One principal's verification; sent from the filing's page, or from the board, which is then shown again.</summary>
    public static async Task<IResult> SmsAsync(
        string filingId, HttpContext http, CurrentUser user, DeskPages pages, FilingDesk desk, CheckBell bell, CancellationToken cancellationToken)
    {
        var form = await ConsoleForms.ReadAsync(http);
        var who = form.Text("sms").Split('|');
        if (who is not ["subjectPrincipal" or "sitePrincipal", _, "verified" or "failed"])
        {
            return ConsoleErrors.ChoiceUnknown().ToAnswer();
        }

        var why = form.Text(DeskInput.SmsReason);
        if (why is not ("" or "timeout" or "tooManyErrors"))
        {
            return ConsoleErrors.ChoiceUnknown().ToAnswer();
        }

        var verified = who[2] == "verified";
        var request = new SmsResultRequest
        {
            Role = who[0] == "sitePrincipal" ? SmsRole.SitePrincipal : SmsRole.SubjectPrincipal,
            SiteId = who[1] is { Length: > 0 } siteId ? siteId : null,
            Verified = verified,
            Reason = verified ? null : why switch { "timeout" => SmsFailure.Timeout, "tooManyErrors" => SmsFailure.TooManyErrors, _ => null },
        };
        var answer = await RecordSmsResult.HandleAsync(filingId, Body<SmsResultRequest>.Of(request), user, desk, bell, cancellationToken);
        return form.TextOrNull("to") is { } to
            ? ConsolePage.Back(http, to, answer.Error, "desk.smsRecorded")
            : await pages.AfterAsync(http, filingId, user, DeskInput.Of(form), PlacedError.Of(answer.Error), "desk.smsRecorded", DeskInput.SmsReason);
    }

    public static async Task<IResult> ResultAsync(
        string filingId,
        HttpContext http,
        CurrentUser user,
        DeskPages pages,
        FilingDesk desk,
        IFilingStore filings,
        ISubjectStore subjects,
        Outbox outbox,
        CancellationToken cancellationToken)
    {
        var form = await ConsoleForms.ReadAsync(http);
        var input = DeskInput.Of(form);
        if (await pages.OpenAsync(filingId, user, cancellationToken) is not { } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        var marks = input.Marks(seen);
        var result = form.Text("result");
        var approved = result == "approved";
        var error = result is not ("approved" or "rejected") ? ConsoleErrors.ChoiceUnknown() : DecideOnDesk.Stale(seen, input) ?? (approved && marks.Count > 0 ? DeskErrors.MarksLeft() : null);
        if (error is null)
        {
            var request = approved ? Numbers(seen, input) : new AuthorityResultRequest { Result = AuthorityDecision.Rejected, Findings = [.. marks.Select(m => m.Request)], Reason = input.TextOrNull("why") };
            error = (await RecordAuthorityResult.HandleAsync(filingId, Body<AuthorityResultRequest>.Of(request), user, desk, filings, subjects, outbox, cancellationToken)).Error;
        }

        var placed = PlacedError.Of(error, marks: [.. marks.Select(m => m.Key)]);
        return await pages.AfterDecisionAsync(http, filingId, user, input, placed, approved ? "desk.authorityApproved" : "desk.authorityRejected");
    }

    private static AuthorityResultRequest Numbers(DeskModel seen, DeskInput input) => new()
    {
        Result = AuthorityDecision.Approved,
        SubjectNumber = input.TextOrNull("subjectNumber"),
        SiteNumbers = [.. seen.Filing.Sites.Where(s => input.TextOrNull("number:" + s.Id) is not null).Select(s => new SiteNumberRequest { SiteId = s.Id, Number = input.Text("number:" + s.Id) })],
    };
}
