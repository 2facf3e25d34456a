using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Features.Review;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.ReviewConsole.Reasons;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Desk;

/// <summary>Puts the page of a filing together: what the API's view holds, laid out in the order of the form.</summary>
public sealed class DeskReader(
    IFilingStore filings, IFullViewStore fullViews, RuleContexts rules, ReviewViews views, ReasonCatalogue reasons, IStaffStore staff, ReferenceBook book, BusinessClock clock, TimeProvider time,
    IHttpContextAccessor http)
{
    private readonly Dictionary<string, LocalText> _labels =
        book.Tables.Fields.Where(f => f.Pointer is not null).GroupBy(f => f.Pointer!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Label, StringComparer.Ordinal);

    private bool IsEnglish => http.HttpContext is { } context && Problems.WantsEnglish(context);

    /// <summary>The page, and what is to be recorded of its being seen; null for a filing that was never handed in.</summary>
    public async Task<(DeskModel Model, Sighting Seen)?> OpenAsync(string filingId, CurrentUser user, CancellationToken cancellationToken)
    {
        if (await filings.FindAsync(filingId, cancellationToken) is not { Snapshot.Rounds.Count: > 0 } filing)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var ends = await fullViews.EndsAsync(filing.Id, user.UserId, time.GetUtcNow(), cancellationToken);
        var review = views.Of(filing, Requirements.Of(filing, await rules.ForAsync(filing, now, cancellationToken)), now, ends);
        var stage = filing.State == FilingState.AuthorityReview ? "authority" : "provider";
        var said = await reasons.ForAsync(stage, filing.Snapshot.Kind != FilingKind.AddSite, filing.Snapshot.Verification.Region?.Province, cancellationToken);
        var names = (await staff.ListAsync(cancellationToken)).ToDictionary(m => m.Id, m => m.DisplayName ?? m.UserName, StringComparer.Ordinal);
        var seen = new Sighting(ends is null ? AuditActs.Viewed : AuditActs.ViewedInFull, "filings", filing.Id, filing.Snapshot.AccountId);
        return (Of(filing, review, said, user, names), seen);
    }

    private DeskModel Of(Filing filing, ReviewView review, IReadOnlyList<RejectionReason> said, CurrentUser user, Dictionary<string, string> names)
    {
        var sites = review.Filing.Sites;
        var values = new FieldValues(book, IsEnglish);
        var groups = new FieldGroups(review, values, _labels, said);
        string? SiteOf(string? siteId) => sites.FirstOrDefault(s => s.Id == siteId) is { } site ? FieldGroups.NameOf(site) : null;
        return new DeskModel
        {
            Review = review with { Changes = [.. review.Changes.Select(c => c with { Before = values.Changed(c.Pointer, c.Before), After = values.Changed(c.Pointer, c.After) })] },
            By = user.Actor,
            Groups = groups.All(),
            Papers = [.. PapersOf(review, said, SiteOf)],
            Whole = new Markable(string.Empty, null, groups.Of(string.Empty)),
            Findings = [.. FindingsOf(filing, review)],
            Unexplained = [.. review.Unexplained.Select(u => new UnexplainedLine($"explain:{u.Check}|{u.SiteId}", u, SiteOf(u.SiteId)))],
            Sms = [.. filing.Snapshot.SmsTargets.Select(t => SmsOf(filing, t, review.FullViewEndsAt is not null))],
            Names = names,
            Labels = _labels,
        };
    }

    /// <summary>One target of the SMS step.</summary>
    /// <param name="filing">Whose.</param>
    /// <param name="target">Who verifies.</param>
    /// <param name="inFull">Whether the number is shown whole.</param>
    internal static SmsLine SmsOf(Filing filing, SmsTarget target, bool inFull)
    {
        var site = target.SiteId is null ? null : filing.FindSite(target.SiteId);
        var person = site is null ? filing.Snapshot.Subject.Principal : filing.PrincipalOf(site);
        var phone = Masking.For(inFull ? Viewer.ReviewerInFull : Viewer.Reviewer).Phone(person.Mobile);
        return new SmsLine(target.Role, target.SiteId, site is null ? null : site.Name ?? site.Checks.DisplayDomain, phone, target.VerifiedAt);
    }

    /// <summary>Errors first, since they cannot stay; then what is awaited, then warnings.</summary>
    private static IEnumerable<FindingLine> FindingsOf(Filing filing, ReviewView review)
    {
        var r = review.Filing.Requirements;
        return r.Due.Concat(r.Pending).Concat(r.Warnings)
            .Select(f => new FindingLine(f, FormPaths.Exists(FormFields.Canonical(f.Pointer, filing.Snapshot.Sites), filing.Snapshot.Sites)));
    }

    private IEnumerable<PaperLine> PapersOf(ReviewView review, IReadOnlyList<RejectionReason> said, Func<string?, string?> siteOf)
    {
        PaperLine Line(MaterialView m, int? round) => new(
            m,
            (IsEnglish ? book.FindMaterial(m.Kind)?.Names.En : book.FindMaterial(m.Kind)?.Name) ?? m.Kind,
            siteOf(m.SiteId),
            round,
            [.. said.Where(r => r.Material == m.Kind || (r.Field == ReasonFields.Papers && r.Material is null))]);
        var present = review.Filing.Materials.Select(m => m.Id).ToHashSet(StringComparer.Ordinal);
        return review.Filing.Materials.Select(m => Line(m, null))
            .Concat(review.Rounds.SelectMany(r => r.Materials.Where(m => present.Add(m.Id)).Select(m => Line(m, r.Number))));
    }
}
