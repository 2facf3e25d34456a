using Beian.MiniApi.Authority;
using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Authority;

internal static class SubmitToAuthority
{
    /// <summary>Checks that stop the hand-over when they fail: the resource must still be good and the domain still the subject's.</summary>
    private static readonly string[] MustHold = [Domain.Rules.CheckNames.Resource, RegistryChecks.Holder, RegistryChecks.Expiry];

    public static async Task<Answer> HandleAsync(
        string filingId,
        CurrentUser user,
        FilingDesk desk,
        IFilingStore filings,
        FilingChecks checks,
        IAuthority authority,
        ReferenceBook book,
        BusinessClock clock,
        CheckBell bell,
        CancellationToken cancellationToken)
    {
        if (await filings.FindAsync(filingId, cancellationToken) is not { Snapshot.Rounds.Count: > 0 } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        if (!FilingTransitions.Allows(seen.State, FilingAction.SubmitToAuthority, user.Role))
        {
            return FilingErrors.StateConflict(seen.State, user.Role).ToAnswer();
        }

        var run = await checks.RecheckAsync(seen, probes: false, authorId: null, cancellationToken);
        var invalid = Invalid(seen, run);
        if (invalid.Count == 0)
        {
            // Before the state changes: a hand-over without the change is overwritten by the next try, a change without a hand-over would be lost.
            await authority.SubmitAsync(seen, clock.GetUtcNow(), cancellationToken);
        }

        var roles = book.Tables.SmsTargets.GetValueOrDefault(seen.Snapshot.Kind == FilingKind.AddSite ? "AddService" : "FirstFiling") ?? [];
        var answer = await desk.ChangeAsStaffAsync(
            filingId,
            IfMatch.Any,
            view => view.Filing.SubmitToAuthority(roles, invalid, user.Actor, view.Now),
            (filing, _, _) => Answer.Ok(AuthorityStateView.Of(filing), filing.Version),
            cancellationToken);
        bell.Wake();
        return answer;
    }

    public static async Task<IResult> DownloadAsync(string filingId, IFilingStore filings, IAuthority authority, HttpContext http, CancellationToken cancellationToken)
    {
        if (await filings.FindAsync(filingId, cancellationToken) is not { Snapshot.Rounds.Count: > 0 } filing
            || await authority.OpenHandOverAsync(filing, cancellationToken) is not { } file)
        {
            return new DomainError("review.noHandOver", ErrorKind.NotFound).ToAnswer();
        }

        AuditScope.Sees(new Sighting(AuditActs.ViewedInFull, "filings", filing.Id, filing.Snapshot.AccountId));
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.File(file, "application/json", $"{filing.Snapshot.Number}.json");
    }

    private static List<Finding> Invalid(Filing filing, CheckRun run)
    {
        var findings = new List<Finding>();
        for (var i = 0; i < filing.Snapshot.Sites.Count; i++)
        {
            if (run.BySite.TryGetValue(filing.Snapshot.Sites[i].Id, out var site))
            {
                findings.AddRange(site.Results
                    .Where(r => r.Outcome == CheckOutcome.Failed && Array.IndexOf(MustHold, r.Check) >= 0)
                    .Select(r => new Finding($"/sites/{i}/{(r.Check == Domain.Rules.CheckNames.Resource ? "resource" : "domain")}", r.Code!) { SiteId = filing.Snapshot.Sites[i].Id, RuleId = r.Check, Args = Domain.Rules.CheckNames.ArgsOf(r) }));
            }
        }

        return findings;
    }
}
