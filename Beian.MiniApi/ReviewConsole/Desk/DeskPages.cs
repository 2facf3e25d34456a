using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Desk;

/// <summary>How acts on a filing end: with its page, and whatever was typed there still in it.</summary>
public sealed class DeskPages(DeskReader reader, IAuditLog audit)
{
    /// <summary>The page that an act was sent from; null for a filing that was never handed in.</summary>
    public async Task<DeskModel?> OpenAsync(string filingId, CurrentUser user, CancellationToken cancellationToken) =>
        (await reader.OpenAsync(filingId, user, cancellationToken))?.Model;

    /// <summary>
    /// After an act: refused, the page again with the refusal at its field. Done, the page from anew, so that it can be reloaded; but when more was typed than the act took, that is
    /// kept and the page is shown at once. What an act took, it says: whatever it does not name is somebody's work.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="filingId">The filing.</param>
    /// <param name="user">Who acted.</param>
    /// <param name="input">What was typed.</param>
    /// <param name="placed">Why it was refused and where that belongs; null when it was done.</param>
    /// <param name="doneKey">Key of the phrase that says it was done.</param>
    /// <param name="taken">Names of the fields that the act has done with.</param>
    public Task<IResult> AfterAsync(HttpContext http, string filingId, CurrentUser user, DeskInput input, PlacedError? placed, string doneKey, params string[] taken) =>
        placed is null ? DoneAsync(http, filingId, user, input.Without(taken), doneKey) : ShowAsync(http, filingId, user, input, placed, null);

    /// <summary>The same for a decision, which takes everything with it but the reason for the full view.</summary>
    /// <inheritdoc cref="AfterAsync"/>
    public Task<IResult> AfterDecisionAsync(HttpContext http, string filingId, CurrentUser user, DeskInput input, PlacedError? placed, string doneKey) =>
        placed is null ? DoneAsync(http, filingId, user, input.AfterDecision(), doneKey) : ShowAsync(http, filingId, user, input, placed, null);

    /// <summary>The page again with a refusal and everything that was typed.</summary>
    public Task<IResult> RefuseAsync(HttpContext http, string filingId, CurrentUser user, DeskInput input, DomainError error) =>
        ShowAsync(http, filingId, user, input, PlacedError.Of(error), null);

    /// <summary>The page in answer to a form. The form's own route is no view in the audit trail, so that is recorded here.</summary>
    public async Task<IResult> ShowAsync(HttpContext http, string filingId, CurrentUser user, DeskInput input, PlacedError? placed, string? doneKey)
    {
        if (await reader.OpenAsync(filingId, user, http.RequestAborted) is not { } page)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        return await ShowAsync(http, page, input, placed, doneKey);
    }

    internal static IResult Page(HttpContext http, DeskModel model, int status) => ConsolePage.Show<DeskPage>(http, "desk.title", model, status);

    /// <summary>The paper that the address or, without one there, the form names.</summary>
    internal static OpenPaper? OpenOf(DeskModel model, HttpContext http, DeskInput input)
    {
        var named = http.Request.Query.ContainsKey("paper") ? (http.Request.Query["paper"].ToString(), http.Request.Query["copy"].ToString()) : (input.Text("paper"), input.Text("copy"));
        return model.Papers.FirstOrDefault(p => p.View.Id == named.Item1) is { } paper ? PaperOf(model, paper, named.Item2) : null;
    }

    /// <summary>Where a paper's bytes are.</summary>
    internal static OpenPaper PaperOf(DeskModel model, PaperLine paper, string copy)
    {
        var address = $"{model.Path}/papers/{Uri.EscapeDataString(paper.View.Id)}";
        return copy is "working" or "authority" ? new OpenPaper(paper, copy, $"{address}/copies/{copy}") : new OpenPaper(paper, string.Empty, address);
    }

    private async Task<IResult> DoneAsync(HttpContext http, string filingId, CurrentUser user, DeskInput rest, string doneKey)
    {
        if (await reader.OpenAsync(filingId, user, http.RequestAborted) is not { } page)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        return rest.On(page.Model).IsEmpty ? ConsolePage.Back(http, AddressOf(filingId, rest), null, doneKey) : await ShowAsync(http, page, rest, null, doneKey);
    }

    private async Task<IResult> ShowAsync(HttpContext http, (DeskModel Model, Sighting Seen) page, DeskInput input, PlacedError? placed, string? doneKey)
    {
        await audit.RecordAsync([page.Seen], CancellationToken.None);
        var model = page.Model with { Input = input.On(page.Model), Error = placed?.Error, Placed = placed?.At ?? page.Model.Placed, Done = doneKey, Open = OpenOf(page.Model, http, input) };
        return Page(http, model, placed is null ? StatusCodes.Status200OK : Problems.StatusOf(placed.Error.Kind));
    }

    private static string AddressOf(string filingId, DeskInput input)
    {
        var path = ConsolePaths.Filing(filingId);
        return input.TextOrNull("paper") is { } paper ? $"{path}?paper={Uri.EscapeDataString(paper)}&copy={Uri.EscapeDataString(input.Text("copy"))}" : path;
    }
}
