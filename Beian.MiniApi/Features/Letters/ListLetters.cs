using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Letters;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Letters;

/// <summary>The letters of a filing; few, so they come at once.</summary>
public sealed record LetterListView(IReadOnlyList<LetterView> Items);

/// <summary>A letter that can be filled in.</summary>
/// <param name="Kind">Id of the materials data, under which the signed letter is uploaded.</param>
/// <param name="Name">What it is called.</param>
/// <param name="SiteId">The site it is about; null when it is about the subject.</param>
/// <param name="Due">Whether the filing's requirements ask for it now.</param>
/// <param name="Signing">What is left to do by hand, in the words of the materials data.</param>
/// <param name="MaxAgeMonths">Months from signing to submission, or null.</param>
/// <param name="MaxAgeDays">Days from signing to submission, or null.</param>
/// <param name="Note">When it is needed and what to mind; null when there is nothing to say.</param>
public sealed record LetterView(string Kind, string Name, string? SiteId, bool Due, IReadOnlyList<string> Signing, int? MaxAgeMonths, int? MaxAgeDays, string? Note);

internal static class ListLetters
{
    public static async Task<Answer> HandleAsync(string filingId, CurrentUser user, FilingDesk desk, LetterBook letters, HttpContext http, CancellationToken cancellationToken) =>
        await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is { } seen
            ? Answer.Ok(new LetterListView([.. letters.Of(seen.Filing, seen.Requirements, seen.Rules).Select(offer => Of(offer, Problems.WantsEnglish(http)))]))
            : FilingErrors.NotFound().ToAnswer();

    private static LetterView Of(LetterOffer offer, bool english)
    {
        var row = offer.Material;
        string Say(LocalText text) => english ? text.En : text.Zh;
        var note = string.Join(english ? "; " : "；", new[] { row.Conditions, row.Remarks }.OfType<LocalText>().Select(Say));
        return new LetterView(row.Id, Say(row.Names), offer.SiteId, offer.Due, offer.Signing, offer.MaxAge.Months, offer.MaxAge.Days, note.Length == 0 ? null : note);
    }
}
