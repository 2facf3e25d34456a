using System.Security.Cryptography;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Reasons;

/// <summary>A text as it is typed.</summary>
/// <param name="Id">Of the text that is changed; empty for a new one.</param>
/// <param name="Field">What it is about.</param>
/// <param name="Reason">Why.</param>
/// <param name="Suggestion">What to do.</param>
public sealed record ReasonDraft(string Id, string Field, string Reason, string Suggestion);

/// <summary>The page of the texts for sending back.</summary>
/// <param name="Choices">All of them.</param>
/// <param name="Draft">What is being typed.</param>
/// <param name="Error">Why it was refused, or null.</param>
/// <param name="Names">Names of the members of staff by id.</param>
public sealed record ReasonsModel(IReadOnlyList<ReasonChoice> Choices, ReasonDraft Draft, DomainError? Error, IReadOnlyDictionary<string, string> Names)
{
    /// <summary>The fields a text can be about, in their order.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. ReasonFields.All.Keys.Order(StringComparer.Ordinal)];
}

internal static class ShowReasons
{
    public static async Task<IResult> HandleAsync(HttpContext http, ReasonCatalogue catalogue, IStaffStore staff, CancellationToken cancellationToken)
    {
        var id = http.Request.Query["id"].ToString();
        var all = await catalogue.AllAsync(cancellationToken);
        var draft = all.FirstOrDefault(c => c.Row.Id == id) is { } c ? new ReasonDraft(c.Row.Id, c.Row.Field, c.Row.Reason, c.Row.Suggestion) : new ReasonDraft(string.Empty, string.Empty, string.Empty, string.Empty);
        return await PageAsync(http, catalogue, staff, draft, null, cancellationToken);
    }

    internal static async Task<IResult> PageAsync(HttpContext http, ReasonCatalogue catalogue, IStaffStore staff, ReasonDraft draft, DomainError? error, CancellationToken cancellationToken)
    {
        var names = (await staff.ListAsync(cancellationToken)).ToDictionary(m => m.Id, m => m.DisplayName ?? m.UserName, StringComparer.Ordinal);
        var model = new ReasonsModel(await catalogue.AllAsync(cancellationToken), draft, error, names);
        return ConsolePage.Show<ReasonsPage>(http, "reasons.title", model, error is null ? StatusCodes.Status200OK : Problems.StatusOf(error.Kind));
    }
}

internal static class SaveReason
{
    /// <summary>Longest text, in characters.</summary>
    private const int MaxText = 300;

    public static async Task<IResult> HandleAsync(
        HttpContext http, CurrentUser user, ReasonCatalogue catalogue, IReasonStore store, IStaffStore staff, TimeProvider time, CancellationToken cancellationToken)
    {
        var form = await ConsoleForms.ReadAsync(http);
        var draft = new ReasonDraft(form.Text("id"), form.Text("field"), form.Text("reason"), form.Text("suggestion"));
        var known = (await catalogue.AllAsync(cancellationToken)).FirstOrDefault(c => c.Row.Id == draft.Id);
        var error = Judge(draft);
        if (error is null)
        {
            var id = known?.Row.Id ?? "own-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
            error = await KeepAsync(known, new StaffReason(id, draft.Field, draft.Reason, draft.Suggestion, false, user.UserId, time.GetUtcNow()), store, cancellationToken);
        }

        return error is null ? ConsolePage.Back(http, ConsolePaths.Reasons, null, "reasons.saved") : await ShowReasons.PageAsync(http, catalogue, staff, draft, error, cancellationToken);
    }

    /// <summary>Hides a text from the choices, shows it again, or forgets staff's version of it.</summary>
    public static async Task<IResult> ChangeAsync(HttpContext http, CurrentUser user, ReasonCatalogue catalogue, IReasonStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var form = await ConsoleForms.ReadAsync(http);
        var id = form.Text("id");
        if ((await catalogue.AllAsync(cancellationToken)).FirstOrDefault(c => c.Row.Id == id) is not { } choice)
        {
            return ConsolePage.Back(http, ConsolePaths.Reasons, ReasonErrors.NotFound());
        }

        var act = form.Text("act");
        if (act is not ("forget" or "hide" or "show"))
        {
            return ConsoleErrors.ChoiceUnknown().ToAnswer();
        }

        if (act == "forget")
        {
            await store.DeleteAsync(id, cancellationToken);
            return ConsolePage.Back(http, ConsolePaths.Reasons, null, "reasons.forgotten");
        }

        var hidden = act == "hide";
        var reworded = choice.IsReworded ? choice.Own : null;
        var version = new StaffReason(id, choice.Row.Field, reworded?.Reason ?? string.Empty, reworded?.Suggestion ?? string.Empty, hidden, user.UserId, time.GetUtcNow());
        var error = await KeepAsync(choice, version, store, cancellationToken);
        return ConsolePage.Back(http, ConsolePaths.Reasons, error, hidden ? "reasons.hidden" : "reasons.shown");
    }

    /// <summary>Keeps staff's version of a text; one that hides nothing and says what the data says is no version.</summary>
    private static async Task<DomainError?> KeepAsync(ReasonChoice? known, StaffReason version, IReasonStore store, CancellationToken cancellationToken)
    {
        if (!version.IsHidden && known?.IsAsInData(version.Field, version.Reason, version.Suggestion) == true)
        {
            await store.DeleteAsync(version.Id, cancellationToken);
            return null;
        }

        return await store.SaveAsync(version, cancellationToken) ? null : ReasonErrors.TooMany();
    }

    private static DomainError? Judge(ReasonDraft draft)
    {
        if (new Lengths().Text(draft.Reason, MaxText, "/reason").Text(draft.Suggestion, MaxText, "/suggestion").Refusal is { } tooLong)
        {
            return tooLong;
        }

        return draft.Reason.Length == 0 ? ReviewErrors.BadFindings([new Finding("/reason", "review.reasonMissing")])
            : ReasonFields.All.ContainsKey(draft.Field) ? null
            : ReasonErrors.FieldUnknown();
    }
}
