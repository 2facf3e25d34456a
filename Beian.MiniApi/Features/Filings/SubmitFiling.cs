using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Filings;

/// <summary>The consents that go with a submission: every current agreement in its current version.</summary>
public sealed record SubmitFilingRequest
{
    public IReadOnlyList<AgreementRequest>? Agreements { get; init; }
}

/// <summary>One agreement read and accepted.</summary>
public sealed record AgreementRequest
{
    public string? Id { get; init; }

    public string? Version { get; init; }
}

internal static class SubmitFiling
{
    /// <summary>How long the caller waits for the checks; what takes longer goes on in state <c>checking</c>.</summary>
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    public static async Task<Answer> HandleAsync(
        string filingId,
        Body<SubmitFilingRequest> body,
        IfMatch ifMatch,
        CurrentUser user,
        FilingDesk desk,
        FilingChecks checks,
        ContactChecks contacts,
        FilingViews views,
        CheckBell bell,
        CancellationToken cancellationToken)
    {
        var lengths = new Lengths().Items(body.Value.Agreements, FieldLengths.Codes, "/agreements");
        if (lengths.Refusal is { } tooLong)
        {
            return tooLong.ToAnswer();
        }

        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is not { } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        if (ifMatch.Refuses(seen.Filing) is { } stale)
        {
            return stale.ToAnswer();
        }

        // What the form itself says is refused before anybody outside is asked; what a check said earlier is asked again.
        var first = Decide(seen, null, asksAgain: true, body.Value, contacts, user);
        if (first.Refusal is { } refusal)
        {
            return refusal.ToAnswer();
        }

        var running = checks.RedoAsync(seen.Filing, user.UserId, new CheckProgress(), cancellationToken);
        await Task.WhenAny(running, Task.Delay(Wait, cancellationToken));
        var run = running.IsCompletedSuccessfully ? await running : null;
        DomainError? stored = null;
        var answer = await desk.ChangeAsync(
            filingId,
            user,
            ifMatch,
            view =>
            {
                // Results for a form that was saved meanwhile say nothing about the one that is submitted: it goes to the background.
                var decided = Decide(view, view.Filing.Version == seen.Filing.Version ? run : null, asksAgain: false, body.Value, contacts, user);
                stored = decided.Next is null ? null : decided.Refusal;
                return decided.Next is { } next ? next : decided.Refusal!;
            },
            cancellationToken,
            answer: (filing, requirements, now) => stored is null
                ? Answer.Accepted(views.Of(filing, requirements, now), filing.Version)
                : (stored with { Version = filing.Version }).ToAnswer());
        bell.Wake();
        return answer;
    }

    /// <summary>
    /// The filing submitted, or why not. A submission that fails because of what the checks have just found still keeps what they found: then both are
    /// set. Only while the checks are about to be asked again does it not matter what they said before: a submission that nobody checked stays refused.
    /// A site that was open is always asked again, here or in the background, which sends it back if it still is: one closed since can be slow to tell.
    /// </summary>
    private static (Filing? Next, DomainError? Refusal) Decide(DeskView view, CheckRun? run, bool asksAgain, SubmitFilingRequest request, ContactChecks contacts, CurrentUser user)
    {
        var filing = view.Filing;
        if (run is not null && !run.ApplyTo(view.Filing, user.Actor, view.Now).TryGet(out filing, out var refusal))
        {
            return (null, refusal);
        }

        var requirements = run is null ? view.Requirements : Requirements.Of(filing!, view.Context);
        IReadOnlyList<Finding> open = [.. requirements.Open.Where(f => run is not null || !(asksAgain ? f.Check is not null : (f.Check is { } check && ProbeChecks.IsOne(check)))), .. Missing(request, view.Context.Book)];
        var accepted = view.Context.Book.Tables.Agreements.Select(a => new AgreementAcceptance(a.Id, a.Version, view.Now)).ToArray();
        var submitted = filing!.Submit(open, accepted, contacts.Of(filing), requirements.RulesVersion, user.Actor, view.Now);
        if (!submitted.TryGet(out var next, out var why))
        {
            return (run is not null && why.Code == "filing.incomplete" ? filing : null, why);
        }

        if (run is null || next.State != FilingState.Checking)
        {
            return (next, null);
        }

        var dueAt = view.Context.Book.WorkingDays.AddWorkingDays(view.Now, FilingTimes.ReviewWorkingDays);
        return (next.PassChecks(dueAt, view.Now).Value, null);
    }

    private static IEnumerable<Finding> Missing(SubmitFilingRequest request, ReferenceBook book)
    {
        foreach (var agreement in book.Tables.Agreements)
        {
            var given = request.Agreements?.FirstOrDefault(a => a.Id == agreement.Id);
            if (given is null || given.Version != agreement.Version)
            {
                yield return new Finding("/agreements", given is null ? "agreement.missing" : "agreement.outdated")
                {
                    Step = "agreements",
                    Args = Texts.Args(("title", agreement.Title), ("titleEn", agreement.TitleEn), ("version", agreement.Version)),
                };
            }
        }
    }
}
