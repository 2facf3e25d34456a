using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Subjects;
using Beian.MiniApi.Journey;

namespace Beian.MiniApi.Features.Export;

/// <summary>Turns filings and subjects into what is exported of them: everything but the ids of staff.</summary>
internal sealed class ExportedFilings(FilingViews views)
{
    public ExportedFilingView Of(Filing filing, DateTimeOffset now)
    {
        var s = filing.Snapshot;
        return new ExportedFilingView
        {
            Id = s.Id,
            Number = s.Number,
            Kind = s.Kind,
            State = s.State,
            Version = s.Version,
            CreatedAt = s.CreatedAt,
            StateSince = s.StateSince,
            LastActivityAt = s.LastActivityAt,
            SubjectId = s.SubjectId,
            SubjectNumber = s.SubjectNumber,
            Form = FormOf(filing, now),
            CallWindow = s.CallWindow is { } window ? DeadlineViews.Of(window) : null,
            SmsTargets = [.. s.SmsTargets.Select(t => new SmsTargetView(t.Role, t.SiteId, t.VerifiedAt is not null))],
            Rounds = [.. s.Rounds.Select(r => Of(r, s, now))],
            History = [.. s.History.Where(e => !Filing.IsInternal(e.Action)).Select(e => new ExportedEventView(e.At, e.Action, e.Role, e.From, e.To, e.Code, e.Note, [.. e.Findings.Select(f => FilingViews.Of(f, s.Sites))]))],
            Letters = $"/api/v1/filings/{s.Id}/letters",
        };
    }

    public ExportedSubjectView Of(FiledSubject subject) =>
        new(subject.Id, subject.Number, views.Of(subject.Identity), FilingViews.Of(subject.Subject), subject.Sites, subject.Source, subject.FiledAt);

    private ExportedRoundView Of(ReviewRound round, FilingSnapshot s, DateTimeOffset now)
    {
        var handedIn = Filing.Restore(s with { Verification = round.Form.Verification, Subject = round.Form.Subject, Sites = round.Form.Sites, Materials = round.Form.Materials });
        return new ExportedRoundView
        {
            Number = round.Number,
            SubmittedAt = round.SubmittedAt,
            Form = FormOf(handedIn, now),
            Agreements = round.Agreements,
            RulesVersion = round.RulesVersion,
            Calls = [.. round.Calls.Select(c => new ExportedCallView(c.At, c.Phone, c.Outcome, c.Note, c.Counted))],
            Explanations = round.Explanations,
            Findings = [.. round.Findings.Select(f => FilingViews.Of(f, round.Form.Sites))],
            EndedBy = round.EndedBy,
            EndedAt = round.EndedAt,
        };
    }

    private ExportedFormView FormOf(Filing filing, DateTimeOffset now)
    {
        var s = filing.Snapshot;
        return new ExportedFormView(
            views.Of(s.Verification),
            FilingViews.Of(s.Subject),
            [.. s.Sites.Select(site => views.Of(filing, site, now))],
            [.. s.Materials.Select(m => new ExportedPaperView(views.Of(m), $"/api/v1/filings/{s.Id}/materials/{m.Id}/content"))]);
    }
}
