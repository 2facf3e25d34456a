using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Journey;

/// <summary>Turns filings into what people see, in their language. Progress and requirements are computed here, at each read.</summary>
public sealed class FilingViews(TextCatalogue texts, ReferenceBook book, IHttpContextAccessor http)
{
    private bool English => http.HttpContext is { } context && Problems.WantsEnglish(context);

    public FilingView Of(Filing filing, RequirementSet requirements, DateTimeOffset now)
    {
        var s = filing.Snapshot;
        var open = OpenFields.Of(s, requirements.DuePaths(s));
        return new FilingView
        {
            Id = s.Id,
            Number = s.Number,
            Kind = s.Kind,
            State = s.State,
            Version = s.Version,
            CreatedAt = s.CreatedAt,
            StateSince = s.StateSince,
            SubjectId = s.SubjectId,
            SubjectConfirmed = s.SubjectConfirmed,
            SubjectNumber = s.SubjectNumber,
            Verification = Of(s.Verification),
            Subject = Of(s.Subject),
            Sites = [.. s.Sites.Select(site => Of(filing, site, now))],
            Materials = [.. s.Materials.Select(Of)],
            Steps = [.. JourneySteps.Of(filing, requirements).Select(x => new StepView(x.Step, x.SiteId, Name(x.Status), x.Visitable))],
            Requirements = Of(requirements),
            Deadlines = DeadlinesOf(filing),
            CallWindow = s.CallWindow is { } window ? DeadlineViews.Of(window) : null,
            Rejection = RejectionOf(filing, open),
            Editable = open.Everything ? "everything" : open.Paths.Count > 0 ? "marked" : "nothing",
            AllowedActions = filing.AllowedActions(Role.Applicant),
            SmsTargets = [.. s.SmsTargets.Select(t => new SmsTargetView(t.Role, t.SiteId, t.VerifiedAt is not null))],
        };
    }

    /// <summary>The dates of the present state with their reasons.</summary>
    public DeadlinesView DeadlinesOf(Filing filing) => DeadlineViews.Of(filing, book.WorkingDays, Words);

    /// <summary>The call of the review that is due, or null.</summary>
    public CallPlan? CallPlanOf(Filing filing) => CallPlan.Of(filing.Snapshot, book.WorkingDays);

    public RequirementsView Of(RequirementSet set) => new(
        set.IsComplete,
        [.. set.Due.Select(Of)],
        [.. set.Warnings.Select(Of)],
        [.. set.Pending.Select(Of)],
        [.. set.Upcoming.Select(Of)]);

    public UpcomingView Of(UpcomingRule upcoming)
    {
        var view = Of(upcoming.Finding);
        return new UpcomingView(view.Code, upcoming.EffectiveFrom, view.Pointer, view.SiteId, view.Severity, view.Message, view.Remedy, view.RuleId, view.PackVersion, view.Kind, view.Part);
    }

    public RequirementView Of(Finding finding)
    {
        var text = texts.Find(finding.Code, English, finding.Args);
        return new RequirementView
        {
            Step = finding.Step,
            SiteId = finding.SiteId,
            Pointer = finding.Pointer,
            Code = finding.Code,
            Severity = Name(finding.Severity),
            Message = text.Detail,
            Remedy = text.Remedy,
            RuleId = finding.RuleId,
            PackVersion = finding.PackVersion ?? string.Empty,
            Check = finding.Check,
            Conflict = finding.Conflict,
            Kind = finding.MaterialKind,
            Part = finding.MaterialPart,
            Alternatives = finding.Alternatives.Count == 0 ? null : finding.Alternatives,
        };
    }

    public VerificationView Of(Verification v) => new()
    {
        Status = v.Status,
        VerifiedAt = v.VerifiedAt,
        Region = v.Region is null ? null : new RegionView(v.Region.Province, v.Region.City, v.Region.District),
        SubjectNature = v.SubjectNature,
        CertificateType = v.CertificateType,
        CertificateNumber = v.CertificateNumber,
        Domain = v.Domain,
        RegistrableDomain = v.DomainChecks.DisplayDomain,
        Resource = v.Resource,
        Checks = [.. v.SubjectResults.Concat(v.DomainChecks.Results).Select(Of)],
    };

    public CheckView Of(CheckResult found)
    {
        var result = ContentSafety.AsShown(found);
        var code = result.Outcome == CheckOutcome.Unknown ? CheckNames.UnknownCode(result) : result.Code;
        var message = code is null ? null : texts.Find(code, English, CheckNames.ArgsOf(result)).Detail;
        return new CheckView(result.Check, Name(result.Outcome), code, message, result.Code == CheckNames.ForReviewer ? null : result.Evidence, result.CheckedAt);
    }

    public static SubjectView Of(Subject subject) => new()
    {
        Name = subject.Name,
        CertificateAddress = subject.CertificateAddress,
        MailingAddress = subject.MailingAddress,
        Investor = subject.Investor,
        CertificateValidTo = subject.CertificateValidTo,
        BusinessScope = subject.BusinessScope,
        LegalRepresentative = subject.LegalRepresentative is { } legal ? new LegalRepresentativeView(legal.Name, legal.CertificateType, legal.CertificateNumber) : null,
        Remark = subject.Remark,
        Principal = Of(subject.Principal),
    };

    public static PersonView Of(Person person, bool? sameAsSubjectPrincipal = null) => new()
    {
        Name = person.Name,
        CertificateType = person.CertificateType,
        CertificateNumber = person.CertificateNumber,
        ValidFrom = person.ValidFrom,
        ValidTo = person.ValidTo,
        Mobile = person.Mobile,
        Phone2 = person.Phone2,
        Landline = person.Landline,
        EmergencyPhone = person.EmergencyPhone,
        Email = person.Email,
        SameAsSubjectPrincipal = sameAsSubjectPrincipal,
    };

    public SiteView Of(Filing filing, Site site, DateTimeOffset now) => new()
    {
        Id = site.Id,
        Kind = site.Kind,
        Name = site.Name,
        Domain = site.Domain,
        RegistrableDomain = site.Checks.DisplayDomain,
        Resource = site.Resource,
        PublicIps = site.Checks.Binding?.PublicIps ?? [],
        HomeUrl = site.HomeUrl ?? site.Checks.DisplayDomain,
        ServiceContents = site.ServiceContents,
        Languages = site.Languages,
        PreApprovals = [.. site.PreApprovals.Select(a => new PreApprovalView(a.Type, a.Number))],
        Remark = site.Remark,
        FromVerification = site.FromVerification,
        Principal = Of(filing.PrincipalOf(site), filing.SharesPrincipal(site)),
        FaceCheck = FaceCheckOf(filing, site, now),
        Checks = [.. filing.ResultsOf(site).Select(Of)],
        Number = site.Number,
    };

    /// <summary>The face check as it stands for the present person.</summary>
    public FaceCheckView FaceCheckOf(Filing filing, Site site, DateTimeOffset now)
    {
        var status = FaceCheckRules.StatusOf(filing, site, now);
        var own = site.FaceCheck?.PersonDigest == FaceCheckRules.DigestOf(filing, site) ? site.FaceCheck : null;
        var pending = status == FaceCheckStatus.Pending ? own : null;
        var reason = status == FaceCheckStatus.Failed ? own?.Reason : null;
        var why = reason is null ? null : texts.Find(FaceCheckReasons.CodeOf(reason), English, Texts.NoArgs);
        return new FaceCheckView(Name(status), own?.CheckId, reason, pending?.Url, pending?.ExpiresAt)
        {
            Token = pending?.Token,
            Message = why?.Detail,
            Remedy = why?.Remedy,
            Alternative = status == FaceCheckStatus.Passed ? null : FaceCheckRules.Fallback,
            PictureDeletedAt = own?.Picture?.DeletedAt,
        };
    }

    public MaterialView Of(Domain.Materials.Material paper) => new()
    {
        Id = paper.Id,
        Kind = paper.Kind,
        Part = paper.Part,
        SiteId = paper.SiteId,
        FileName = paper.FileName,
        ContentType = paper.ContentType,
        Size = paper.Size,
        Sha256 = paper.Sha256,
        Width = paper.Width,
        Height = paper.Height,
        UploadedAt = paper.UploadedAt,
        SignedOn = paper.SignedOn,
        Hints = [.. HintsOf(paper).Select(h => new HintView(h.Code, Words(h.Code, h.Args).Detail))],
        Recognition = paper.Reading is { } reading ? Of(reading) : null,
        DeleteAt = paper.DeleteAt,
        Scan = paper.Scan is { } scan ? Name(scan) : null,
        Copies = paper.Copies is { } copies ? new MaterialCopiesView(Name(copies.State), Of(copies.Working), Of(copies.Authority)) : null,
    };

    private static MaterialCopyView? Of(MaterialCopy? copy) => copy is null ? null : new MaterialCopyView(copy.ContentType, copy.Size, copy.Sha256, copy.Width, copy.Height, copy.Watermarked);

    public RecognitionView Of(Reading reading)
    {
        // What WeChat's trouble means elsewhere, that nothing was done, is not so here: the picture is kept.
        var text = reading.Code is not { } code ? null : Words(code.StartsWith("wechat.", StringComparison.Ordinal) ? "ocr.keptUnread" : code, Texts.NoArgs);
        return new RecognitionView(Name(reading.Status), reading.Code, text is null ? null : $"{text.Detail}{(English ? " " : string.Empty)}{text.Remedy}".Trim());
    }

    /// <summary>The texts of a code in the caller's language.</summary>
    public TextEntry Words(string code, IReadOnlyDictionary<string, string> args) => texts.Find(code, English, args);

    /// <summary>The hints with their measured values, from what is known of the file.</summary>
    private IReadOnlyList<Finding> HintsOf(Domain.Materials.Material paper) =>
        MaterialFormat.Of(book, paper.Kind) is { } format ? MaterialHints.Of(format, paper) : [];

    public static ReviewFindingView Of(ReviewFinding finding, IReadOnlyList<Site> sites) =>
        new(FormFields.Pointer(finding.Path, sites), finding.Reason, finding.Suggestion, finding.MaterialId);

    /// <summary>An enum member as it travels: camelCase.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static RejectionView? RejectionOf(Filing filing, OpenFields open)
    {
        var s = filing.Snapshot;
        if (s.State is not (FilingState.ModificationRequested or FilingState.ProviderRejected or FilingState.AuthorityRejected or FilingState.SmsFailed)
            || s.History.LastOrDefault(e => e.To == s.State && e.From != s.State) is not { } entry)
        {
            return null;
        }

        var unreachable = s.Rounds[^1].EndedBy == FilingTransitions.NameOf(FilingAction.RejectUnreachable);
        return new RejectionView(
            s.State is FilingState.AuthorityRejected or FilingState.SmsFailed ? "authority" : "provider",
            unreachable ? "callUnreachable" : s.State == FilingState.SmsFailed ? entry.Code : null,
            entry.Note,
            [.. s.Rounds[^1].Findings.Select(f => Of(f, s.Sites))],
            [.. open.Paths.Select(p => FormFields.Pointer(p, s.Sites)).Distinct()]);
    }
}
