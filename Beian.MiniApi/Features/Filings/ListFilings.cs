using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Filings;

/// <summary>A filing in a list.</summary>
/// <param name="SubjectName">As typed, or null.</param>
/// <param name="Domains">What is filed for, as far as it is known.</param>
public sealed record FilingSummary(
    string Id, string Number, FilingKind? Kind, FilingState State, int Version, DateTimeOffset CreatedAt, DateTimeOffset StateSince, string? SubjectName, IReadOnlyList<string> Domains);

internal static class ListFilings
{
    public static async Task<IResult> HandleAsync(PageRequest page, CurrentUser user, IFilingStore filings, CancellationToken cancellationToken)
    {
        var rows = await filings.ListAsync(user.AccountId, page.After, page.Take, cancellationToken);
        return Answer.Ok(Page.Of(rows, page, f => f.Id, Summary));
    }

    private static FilingSummary Summary(Filing filing)
    {
        var s = filing.Snapshot;
        return new FilingSummary(
            s.Id, s.Number, s.Kind, s.State, s.Version, s.CreatedAt, s.StateSince, s.Subject.Name, [.. s.Sites.Select(x => x.Checks.DisplayDomain ?? x.Domain).OfType<string>()]);
    }
}
