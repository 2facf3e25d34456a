namespace Beian.MiniApi.Domain.Filings;

/// <content>The authority's part: submission, SMS verification, result.</content>
public sealed partial class Filing
{
    /// <summary>Handed to the authority: the 24 hours of the SMS verification begin.</summary>
    /// <param name="smsRoles">Which principals must verify, from the data: <c>subjectPrincipal</c>, <c>sitePrincipal</c>.</param>
    /// <param name="invalid">What is no longer valid, such as a resource about to end; anything here refuses.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">Business time.</param>
    public Result<Filing> SubmitToAuthority(IReadOnlyCollection<string> smsRoles, IReadOnlyList<Finding> invalid, Actor by, DateTimeOffset now)
    {
        if (Refuse(FilingAction.SubmitToAuthority, by) is { } refusal)
        {
            return refusal;
        }

        return invalid.Count > 0
            ? ReviewErrors.ResourceInvalid(invalid)
            : Move(FilingAction.SubmitToAuthority, by, now, s => s with { SmsTargets = TargetsOf(smsRoles), AuthoritySubmittedAt = now, DueAt = now + FilingTimes.SmsVerification });
    }

    /// <summary>
    /// What the authority's system says of one principal. One refusal fails the step at once; when the last one is verified the authority's review
    /// begins. Principals with one mobile are verified together.
    /// </summary>
    /// <param name="role"><c>subjectPrincipal</c> or <c>sitePrincipal</c>.</param>
    /// <param name="siteId">The site of a site principal; may be null when there is only one.</param>
    /// <param name="verified">False fails the step.</param>
    /// <param name="reason"><c>timeout</c> or <c>tooManyErrors</c> with a failure; null when nobody said why.</param>
    /// <param name="source">Where the result comes from, for the timeline.</param>
    /// <param name="authorityDueAt">By when the authority must answer once all are verified, from the working-day calendar.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">Business time.</param>
    public Result<Filing> RecordSms(string role, string? siteId, bool verified, string? reason, string source, DateTimeOffset authorityDueAt, Actor by, DateTimeOffset now)
    {
        if (Refuse(FilingAction.RecordSms, by) is { } refusal)
        {
            return refusal;
        }

        var named = _s.SmsTargets.Where(t => t.Role == role && (siteId is null || t.SiteId == siteId)).ToArray();
        if (named.Length == 0 || (siteId is null && named.Select(t => t.Group).Distinct().Count() > 1))
        {
            return ReviewErrors.SmsTargetUnknown();
        }

        FilingSnapshot Synchronised(FilingSnapshot s) => s with { SynchronisedAt = now, SynchronisedFrom = source };
        if (!verified)
        {
            return Move(FilingAction.FailSms, by, now, Synchronised, e => e with { Code = reason ?? "notVerified", Source = source });
        }

        var group = named[0].Group;
        var targets = _s.SmsTargets.Select(t => t.Group == group ? t with { VerifiedAt = t.VerifiedAt ?? now } : t).ToArray();
        FilingSnapshot Verified(FilingSnapshot s) => Synchronised(s) with { SmsTargets = targets };
        if (Array.TrueForAll(targets, t => t.VerifiedAt is not null))
        {
            return Move(FilingAction.CompleteSms, by, now, s => Verified(s) with { DueAt = authorityDueAt }, e => e with { Source = source });
        }

        return named.All(t => t.VerifiedAt is not null) ? this : Move(FilingAction.RecordSms, by, now, Verified, e => e with { Source = source });
    }

    /// <summary>The authority approved. Numbers come with it; the subject record follows from the outbox.</summary>
    /// <param name="subjectNumber">主体备案号; may be null when a site was added to a filed subject.</param>
    /// <param name="siteNumbers">网站备案号 by site id, one for every site.</param>
    /// <param name="isTaken">Whether a number belongs to a filed subject or site already.</param>
    /// <param name="isSubjectNumber">Judges the form of a subject number, from the data.</param>
    /// <param name="isSiteNumber">Judges the form of a site number, from the data.</param>
    /// <param name="source">Where the result comes from.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">Business time.</param>
    public Result<Filing> RecordApproval(
        string? subjectNumber,
        IReadOnlyDictionary<string, string> siteNumbers,
        Func<string, bool> isTaken,
        Func<string, bool> isSubjectNumber,
        Func<string, bool> isSiteNumber,
        string source,
        Actor by,
        DateTimeOffset now)
    {
        if (Refuse(FilingAction.RecordAuthorityApproval, by) is { } refusal)
        {
            return refusal;
        }

        var subject = subjectNumber ?? _s.SubjectNumber;
        var errors = NumberErrors(subject, siteNumbers, isTaken, isSubjectNumber, isSiteNumber);
        return errors.Count > 0
            ? ReviewErrors.BadNumbers(errors)
            : Move(FilingAction.RecordAuthorityApproval, by, now, s => EndRound(s, FilingAction.RecordAuthorityApproval, now, []) with
            {
                SubjectNumber = subject,
                Sites = [.. s.Sites.Select(site => site with { Number = siteNumbers[site.Id] })],
                SynchronisedAt = now,
                SynchronisedFrom = source,
                Outbox = [.. s.Outbox, new OutboxEntry(s.History.Count, OutboxEntry.ProjectSubject)],
            }, e => e with { Source = source });
    }

    /// <summary>The authority rejected: the marked fields are open, or everything when none is marked.</summary>
    public Result<Filing> RecordRejection(IReadOnlyList<FindingDraft> drafts, string? reason, string source, Actor by, DateTimeOffset now)
    {
        if (Refuse(FilingAction.RecordAuthorityRejection, by) is { } refusal)
        {
            return refusal;
        }

        var (findings, errors) = Bind(drafts);
        if (findings.Count == 0 && errors.Count == 0 && string.IsNullOrWhiteSpace(reason))
        {
            return ReviewErrors.BadFindings([new Finding("/reason", "review.reasonMissing")]);
        }

        return errors.Count > 0
            ? ReviewErrors.BadFindings(errors)
            : Move(
                FilingAction.RecordAuthorityRejection,
                by,
                now,
                s => EndRound(s, FilingAction.RecordAuthorityRejection, now, findings) with { SynchronisedAt = now, SynchronisedFrom = source },
                e => e with { Findings = findings, Note = reason, Source = source });
    }

    private List<SmsTarget> TargetsOf(IReadOnlyCollection<string> roles)
    {
        var groups = new Dictionary<string, int>(StringComparer.Ordinal);
        int Group(Person p) => groups.TryGetValue(p.Mobile ?? string.Empty, out var known) ? known : groups[p.Mobile ?? string.Empty] = groups.Count + 1;
        var targets = new List<SmsTarget>();
        if (roles.Contains("subjectPrincipal"))
        {
            targets.Add(new SmsTarget("subjectPrincipal", null, Group(_s.Subject.Principal), null));
        }

        if (roles.Contains("sitePrincipal"))
        {
            targets.AddRange(_s.Sites.Select(site => new SmsTarget("sitePrincipal", site.Id, Group(PrincipalOf(site)), null)));
        }

        return targets;
    }

    private List<Finding> NumberErrors(string? subject, IReadOnlyDictionary<string, string> siteNumbers, Func<string, bool> isTaken, Func<string, bool> isSubject, Func<string, bool> isSite)
    {
        var errors = new List<Finding>();
        if (subject is null)
        {
            errors.Add(new Finding("/subjectNumber", "review.numberMissing"));
        }
        else if (!isSubject(subject) || (_s.SubjectNumber is not null && subject != _s.SubjectNumber))
        {
            errors.Add(new Finding("/subjectNumber", "review.numberFormat"));
        }
        else if (_s.SubjectId is null && isTaken(subject))
        {
            errors.Add(new Finding("/subjectNumber", "review.numberTaken"));
        }

        foreach (var site in _s.Sites)
        {
            if (!siteNumbers.TryGetValue(site.Id, out var number))
            {
                errors.Add(new Finding("/siteNumbers", "review.siteNumberMissing") { SiteId = site.Id });
            }
            else if (!isSite(number) || (subject is not null && !number.StartsWith(subject, StringComparison.Ordinal)))
            {
                errors.Add(new Finding("/siteNumbers", "review.numberFormat") { SiteId = site.Id });
            }
            else if (isTaken(number))
            {
                errors.Add(new Finding("/siteNumbers", "review.numberTaken") { SiteId = site.Id });
            }
        }

        if (siteNumbers.Keys.FirstOrDefault(id => FindSite(id) is null) is not null)
        {
            errors.Add(new Finding("/siteNumbers", "site.notFound"));
        }

        if (siteNumbers.Values.Distinct(StringComparer.Ordinal).Count() < siteNumbers.Count)
        {
            errors.Add(new Finding("/siteNumbers", "review.siteNumberRepeated"));
        }

        return errors;
    }
}
