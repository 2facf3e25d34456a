using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Features.Review;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Desk;

internal static class ShowDesk
{
    public static async Task<IResult> HandleAsync(string filingId, HttpContext http, CurrentUser user, DeskReader reader, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(filingId, user, cancellationToken) is not { } page)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        AuditScope.Sees(page.Seen);
        return DeskPages.Page(http, page.Model with { Open = DeskPages.OpenOf(page.Model, http, DeskInput.None) }, StatusCodes.Status200OK);
    }

    /// <summary>The page with another paper open and everything that was typed.</summary>
    public static async Task<IResult> LookAsync(string filingId, HttpContext http, CurrentUser user, DeskPages pages) =>
        await pages.ShowAsync(http, filingId, user, DeskInput.Of(await ConsoleForms.ReadAsync(http)), null, null);
}

/// <summary>What a reviewer does before the decision; each keeps what else was typed.</summary>
internal static class WorkOnDesk
{
    /// <summary>Takes the filing, or takes it again after the claim lapsed.</summary>
    public static async Task<IResult> TakeAsync(
        string filingId, HttpContext http, CurrentUser user, DeskPages pages, FilingDesk desk, ReviewViews views, CancellationToken cancellationToken)
    {
        var input = DeskInput.Of(await ConsoleForms.ReadAsync(http));
        var answer = await ClaimFiling.HandleAsync(filingId, user, desk, views, cancellationToken);
        return await pages.AfterAsync(http, filingId, user, input, PlacedError.Of(answer.Error), "queue.claimed");
    }

    /// <summary>Gives the filing back to the queue. Whoever does that while marks are there keeps them, on the page, until they leave it.</summary>
    public static async Task<IResult> GiveBackAsync(
        string filingId, HttpContext http, CurrentUser user, DeskPages pages, FilingDesk desk, ReviewViews views, CancellationToken cancellationToken)
    {
        var input = DeskInput.Of(await ConsoleForms.ReadAsync(http));
        var answer = await ReleaseFiling.HandleAsync(filingId, user, desk, views, cancellationToken);
        return await pages.AfterAsync(http, filingId, user, input, PlacedError.Of(answer.Error), "queue.released");
    }

    public static async Task<IResult> CallAsync(
        string filingId, HttpContext http, CurrentUser user, DeskPages pages, FilingDesk desk, ReviewViews views, CheckBell bell, CancellationToken cancellationToken)
    {
        var form = await ConsoleForms.ReadAsync(http);
        var input = DeskInput.Of(form);
        CallOutcome? outcome = form.Text("outcome") switch
        {
            "reached" => CallOutcome.Reached,
            "noAnswer" => CallOutcome.NoAnswer,
            "wrongNumber" => CallOutcome.WrongNumber,
            _ => null,
        };
        if (outcome is not { } known)
        {
            return await pages.RefuseAsync(http, filingId, user, input, ConsoleErrors.ChoiceUnknown());
        }

        var request = new LogCallRequest { Phone = input.Text("phone"), Outcome = known, Note = input.TextOrNull("note") };
        var answer = await LogCall.HandleAsync(filingId, Body<LogCallRequest>.Of(request), user, desk, views, bell, cancellationToken);
        return await pages.AfterAsync(http, filingId, user, input, PlacedError.Of(answer.Error), "desk.callLogged", DeskInput.OfCalls);
    }

    public static async Task<IResult> SeeInFullAsync(
        string filingId,
        HttpContext http,
        CurrentUser user,
        DeskPages pages,
        IFilingStore filings,
        IFullViewStore fullViews,
        Idempotency idempotency,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var input = DeskInput.Of(await ConsoleForms.ReadAsync(http));
        var request = new FullViewRequest { Reason = input.Text(DeskInput.FullViewReason) };
        var answer = await GrantFullView.HandleAsync(filingId, Body<FullViewRequest>.Of(request), user, filings, fullViews, idempotency, time, cancellationToken);
        return await pages.AfterAsync(http, filingId, user, input, PlacedError.Of(answer.Error, reason: DeskInput.FullViewReason), "desk.fullViewGranted", DeskInput.FullViewReason);
    }
}
