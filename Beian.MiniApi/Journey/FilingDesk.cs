using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Journey;

/// <summary>What a decision about a filing is made with.</summary>
/// <param name="Filing">As stored.</param>
/// <param name="Requirements">What is open in it.</param>
/// <param name="Open">Which fields may change.</param>
/// <param name="Context">What the rules were judged with.</param>
public sealed record DeskView(Filing Filing, RequirementSet Requirements, OpenFields Open, RuleContext Context)
{
    /// <summary>Business time, read once per attempt.</summary>
    public DateTimeOffset Now => Context.Now;

    /// <summary>The rules in force today in the province of the filing.</summary>
    public RuleSet Rules => Context.Rules.For(Filing.Snapshot.Verification.Region?.Province, Context.Today);
}

/// <summary>
/// The way every change of a filing goes: load, decide, save against what was loaded, answer. When another write comes between, it is decided again
/// from what is stored then, so that uploads and face results never make an applicant's save fail; only <c>If-Match</c> does, and it says so.
/// </summary>
public sealed class FilingDesk(IFilingStore filings, RuleContexts rules, FilingViews views, Idempotency idempotency, BusinessClock clock)
{
    /// <summary>How often a save is tried against other writers before it gives up; each try means that somebody else got through.</summary>
    private const int MaxAttempts = 50;

    /// <summary>The applicant's filing and everything about it, or null when it is not theirs.</summary>
    public async Task<DeskView?> OpenAsync(string filingId, string accountId, CancellationToken cancellationToken) =>
        await filings.FindAsync(filingId, accountId, cancellationToken) is { } filing
            ? View(filing, await rules.ForAsync(filing, clock.GetUtcNow(), cancellationToken))
            : null;

    /// <summary>Changes the applicant's filing; answers with its view unless <paramref name="answer"/> makes another.</summary>
    public Task<Answer> ChangeAsync(
        string filingId,
        CurrentUser user,
        IfMatch ifMatch,
        Func<DeskView, Result<Filing>> decide,
        CancellationToken cancellationToken,
        Func<Filing, object?>? step = null,
        Func<Filing, RequirementSet, DateTimeOffset, Answer>? answer = null) =>
        ChangeAsync(
            ct => filings.FindAsync(filingId, user.AccountId, ct),
            ifMatch,
            decide,
            step,
            answer ?? ((filing, requirements, now) => Answer.Ok(views.Of(filing, requirements, now), filing.Version)),
            cancellationToken);

    /// <summary>Changes a filing that was handed in, for staff; a draft that never was is as if it were not there.</summary>
    public Task<Answer> ChangeAsStaffAsync(
        string filingId,
        IfMatch ifMatch,
        Func<DeskView, Result<Filing>> decide,
        Func<Filing, RequirementSet, DateTimeOffset, Answer> answer,
        CancellationToken cancellationToken) =>
        ChangeAsync(
            async ct => await filings.FindAsync(filingId, ct) is { Snapshot.Rounds.Count: > 0 } filing ? filing : null, ifMatch, decide, null, answer, cancellationToken);

    /// <summary>Whatever filing has that id, for somebody whom its applicant let in to one thing of it; what they see of it is the caller's to keep to that.</summary>
    public async Task<DeskView?> OpenAsGuestAsync(string filingId, CancellationToken cancellationToken) =>
        await filings.FindAsync(filingId, cancellationToken) is { } filing ? View(filing, await rules.ForAsync(filing, clock.GetUtcNow(), cancellationToken)) : null;

    /// <summary>Changes a filing for such a guest.</summary>
    public Task<Answer> ChangeAsGuestAsync(
        string filingId, Func<DeskView, Result<Filing>> decide, Func<Filing, RequirementSet, DateTimeOffset, Answer> answer, CancellationToken cancellationToken) =>
        ChangeAsync(ct => filings.FindAsync(filingId, ct), IfMatch.Any, decide, null, answer, cancellationToken);

    /// <summary>Changes a filing as one of many in a batch: the batch answers, and its idempotency record is its own.</summary>
    /// <returns>Why not, or null when it is saved.</returns>
    public async Task<DomainError?> ChangeWithoutAnswerAsync(string filingId, Func<DeskView, Result<Filing>> decide, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await filings.FindAsync(filingId, cancellationToken) is not { } filing)
            {
                return FilingErrors.NotFound();
            }

            var view = View(filing, await rules.ForAsync(filing, clock.GetUtcNow(), cancellationToken));
            if (!decide(view).TryGet(out var next, out var refusal))
            {
                return refusal;
            }

            var outcome = await filings.ReplaceAsync(next, null, cancellationToken);
            if (outcome.IsSaved)
            {
                return null;
            }

            if (outcome.TakenHold is { } hold)
            {
                return HoldErrors.Taken(hold);
            }
        }

        return FilingErrors.Busy();
    }

    private async Task<Answer> ChangeAsync(
        Func<CancellationToken, Task<Filing?>> load,
        IfMatch ifMatch,
        Func<DeskView, Result<Filing>> decide,
        Func<Filing, object?>? step,
        Func<Filing, RequirementSet, DateTimeOffset, Answer> answer,
        CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await load(cancellationToken) is not { } filing)
            {
                return FilingErrors.NotFound().ToAnswer();
            }

            if (ifMatch.Refuses(filing, step?.Invoke(filing)) is { } stale)
            {
                return stale.ToAnswer();
            }

            var context = await rules.ForAsync(filing, clock.GetUtcNow(), cancellationToken);
            var view = View(filing, context);
            if (!decide(view).TryGet(out var next, out var refusal))
            {
                return refusal.ToAnswer();
            }

            var done = answer(next, Requirements.Of(next, context), view.Now);
            var outcome = await filings.ReplaceAsync(next, idempotency.Record(done), cancellationToken);
            if (outcome.IsSaved)
            {
                return done;
            }

            if (outcome.TakenHold is { } hold)
            {
                return HoldErrors.Taken(hold).ToAnswer();
            }
        }

        return FilingErrors.Busy().ToAnswer();
    }

    private static DeskView View(Filing filing, RuleContext context)
    {
        var requirements = Requirements.Of(filing, context);
        return new DeskView(filing, requirements, OpenFields.Of(filing.Snapshot, requirements.DuePaths(filing.Snapshot)), context);
    }
}
