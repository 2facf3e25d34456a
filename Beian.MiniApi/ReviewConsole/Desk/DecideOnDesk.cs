using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Features.Review;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.ReviewConsole.Desk;

/// <summary>The provider's decisions.</summary>
internal static class DecideOnDesk
{
    public static async Task<IResult> ApproveAsync(
        string filingId,
        HttpContext http,
        CurrentUser user,
        DeskPages pages,
        FilingDesk desk,
        ReviewViews views,
        IFilingStore filings,
        FilingChecks checks,
        CheckBell bell,
        IOptions<PolicyOptions> policy,
        CancellationToken cancellationToken)
    {
        var input = DeskInput.Of(await ConsoleForms.ReadAsync(http));
        if (await pages.OpenAsync(filingId, user, cancellationToken) is not { } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        var notes = input.Explanations(seen);
        var error = Stale(seen, input) ?? (input.Marks(seen).Count > 0 ? DeskErrors.MarksLeft() : null) ?? Unlogged(input);
        if (error is null)
        {
            var request = new ApproveFilingRequest { Explanations = [.. notes.Select(n => n.Request)] };
            error = (await ApproveFiling.HandleAsync(filingId, OptionalBody<ApproveFilingRequest>.Of(request), user, desk, views, filings, checks, bell, policy, cancellationToken)).Error;
        }

        var waits = error is null && (await pages.OpenAsync(filingId, user, cancellationToken))?.Review.SecondReview is not null;
        var placed = PlacedError.Of(error, notes: [.. notes.Select(n => n.Key)]);
        return await pages.AfterDecisionAsync(http, filingId, user, input, placed, waits ? "desk.approvedFirst" : "desk.approved");
    }

    public static async Task<IResult> RejectAsync(
        string filingId, HttpContext http, CurrentUser user, DeskPages pages, FilingDesk desk, ReviewViews views, CheckBell bell, CancellationToken cancellationToken)
    {
        var form = await ConsoleForms.ReadAsync(http);
        var input = DeskInput.Of(form);
        if (await pages.OpenAsync(filingId, user, cancellationToken) is not { } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        var marks = input.Marks(seen);
        RejectionKind? kind = form.Text("kind") switch { "rejection" => RejectionKind.Rejection, "modification" => RejectionKind.Modification, _ => null };
        var error = kind is null ? ConsoleErrors.ChoiceUnknown() : Stale(seen, input) ?? Unlogged(input) ?? Wordless(marks, input);
        if (error is null)
        {
            var request = new RejectFilingRequest { Kind = kind!.Value, Findings = [.. marks.Select(m => m.Request)], Reason = input.TextOrNull("why") };
            error = (await RejectFiling.HandleAsync(filingId, Body<RejectFilingRequest>.Of(request), user, desk, views, bell, cancellationToken)).Error;
        }

        var placed = PlacedError.Of(error, marks: [.. marks.Select(m => m.Key)]);
        return await pages.AfterDecisionAsync(http, filingId, user, input, placed, kind == RejectionKind.Modification ? "desk.modificationRequested" : "desk.rejected");
    }

    /// <summary>The refusal of a decision about something that is not there any more.</summary>
    internal static DomainError? Stale(DeskModel seen, DeskInput input) =>
        input.TextOrNull("version") is { } version && version != seen.Filing.Version.ToString(System.Globalization.CultureInfo.InvariantCulture) ? DeskErrors.ChangedMeanwhile() : null;

    /// <summary>The refusal of a decision while a call stands on the page that was not logged: afterwards it could not be.</summary>
    private static DomainError? Unlogged(DeskInput input) => input.TextOrNull("note") is null ? null : DeskErrors.CallLeft();

    /// <summary>The API lets a reviewer send everything back without a word; the applicant would not know what to do.</summary>
    private static DomainError? Wordless(IReadOnlyList<DeskMark> marks, DeskInput input) =>
        marks.Count == 0 && input.TextOrNull("why") is null ? ReviewErrors.BadFindings([new Finding("/reason", "review.reasonMissing")]) : null;
}
