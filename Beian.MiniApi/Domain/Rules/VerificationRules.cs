using System.Globalization;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>Names of the checks of facts outside the form, and the fields they are about.</summary>
public static class CheckNames
{
    public const string Region = "region";
    public const string Nature = "subject.nature";
    public const string CertificateType = "certificate.type";
    public const string CertificateNumber = "certificate.number";

    /// <summary>The same subject filed, or being filed, elsewhere here.</summary>
    public const string SubjectConflict = "subject.conflict";
    public const string DomainName = "domain.name";

    /// <summary>The domain filed, or being filed, elsewhere here.</summary>
    public const string DomainConflict = "domain.conflict";
    public const string Resource = "resource";

    /// <summary>A principal's mobile, address or number used by another customer's subject; the result names its field.</summary>
    public const string ContactReuse = "contact.reuse";

    /// <summary>A published text in the eyes of the content safety; the result names its field.</summary>
    public const string ContentSafety = "content.safety";

    /// <summary>Code of a conflict with another customer that only the reviewer is told about, because this account was told too often.</summary>
    public const string ForReviewer = "check.forReviewer";

    /// <summary>The field a check is about, as a pointer into the body of the verification step.</summary>
    public static string PointerOf(string check) => check switch
    {
        Region => "/region",
        Nature => "/subjectNature",
        CertificateType => "/certificateType",
        CertificateNumber or SubjectConflict => "/certificateNumber",
        Resource => "/resource",

        // About sites that are filed already, which no field of this step names.
        ProbeChecks.Reachable or ProbeChecks.Footer => string.Empty,

        // The result itself names the field.
        ContentSafety => string.Empty,
        _ => "/domain",
    };

    /// <summary>The code under which an unknown result is shown.</summary>
    public static string UnknownCode(CheckResult result) =>
        result.Code ?? (result.Reason == UnknownReason.NotDisclosed ? "check.notDisclosed" : "check.unavailable");

    /// <summary>What fills the placeholders of the texts of a result, the name of the check among them.</summary>
    public static IReadOnlyDictionary<string, string> ArgsOf(CheckResult result) =>
        new Dictionary<string, string>(result.Args, StringComparer.Ordinal) { ["check"] = "name.check." + result.Check };
}

/// <summary>The step 验证备案类型 and the account's real name.</summary>
internal static class VerificationRules
{
    private const string Step = "verification";

    /// <summary>A person's account files 24 hours after its real-name verification at the earliest (Tencent Cloud, seen 2026-05).</summary>
    public static readonly TimeSpan IndividualWait = TimeSpan.FromHours(24);

    public static void Judge(Situation s, FindingList findings)
    {
        var filing = s.Filing;
        var context = s.Context;
        var v = s.Verification;
        Missing(v, findings);
        foreach (var result in v.SubjectResults.Concat(v.DomainChecks.Results))
        {
            Report(result, "/verification" + CheckNames.PointerOf(result.Check), Step, null, s, findings);
        }

        foreach (var note in v.DomainChecks.Notes)
        {
            findings.Add(note.Severity == Severity.Error ? Severity.Warning : note.Severity, s.Book.RefOf("domain-suffixes", "registrableOnly"), note with { Pointer = "/verification/domain", Step = Step });
        }

        if (v is { IsComplete: true, Status: VerificationStatus.Unverified })
        {
            findings.Field("verification", new Finding("/verification", "verification.notRun") { Step = Step });
        }

        if (context.RealNameMustMatch)
        {
            RealName(filing, context, findings);
        }

        if (filing.Snapshot.SubjectId is not null && !filing.Snapshot.SubjectConfirmed)
        {
            findings.Field("subject", new Finding("/subject", "subject.notConfirmed") { Step = "subject" });
        }
    }

    /// <summary>One check result as a requirement: a failure is due, the unknown and the remarkable are warnings.</summary>
    internal static void Report(CheckResult result, string pointer, string step, string? siteId, Situation s, FindingList findings)
    {
        var rule = result.Rule ?? SeenFromOutside(result.Check, s) ?? s.Book.RefOf("checks", result.Check);
        var finding = new Finding(pointer, result.Code ?? string.Empty) { Step = step, SiteId = siteId, Check = result.Check, Args = result.Args };
        switch (result.Outcome)
        {
            case CheckOutcome.Failed:
                findings.Error(rule, finding);
                break;
            case CheckOutcome.Unknown:
                findings.Warn(rule, finding with { Code = CheckNames.UnknownCode(result), Args = CheckNames.ArgsOf(result) });
                break;
            case var _ when result.Code is not null:
                findings.Warn(rule, finding);
                break;
            default:
                break;
        }
    }

    /// <summary>The rule that asks for what a probe looks at; null for other checks, and where no rule asks.</summary>
    private static RuleRef? SeenFromOutside(string check, Situation s) => check switch
    {
        ProbeChecks.Closed => s.Rules.On("unfiledDomainMustBeClosed", s.Kind)?.Ref,
        ProbeChecks.Reachable => s.Rules.On("filedSitesMustBeOpen", s.Kind)?.Ref,
        ProbeChecks.Footer => s.Rules.On("footerNumberRequired", s.Kind)?.Ref,
        _ => null,
    };

    private static void Missing(Filings.Verification v, FindingList findings)
    {
        findings.Present("verification.province", At("/verification/region/province", "verification.province.missing"), v.Region?.Province);
        findings.Present("verification.city", At("/verification/region/city", "verification.city.missing"), v.Region?.City);
        findings.Present("verification.district", At("/verification/region/district", "verification.district.missing"), v.Region?.District);
        findings.Present("verification.subjectNature", At("/verification/subjectNature", "verification.subjectNature.missing"), Text(v.SubjectNature));
        findings.Present("verification.certificateType", At("/verification/certificateType", "verification.certificateType.missing"), Text(v.CertificateType));
        findings.Present("verification.certificateNumber", At("/verification/certificateNumber", "verification.certificateNumber.missing"), v.CertificateNumber);
        findings.Present("verification.domain", At("/verification/domain", "verification.domain.missing"), v.Domain);
        if (!Filings.Verification.Chosen(v.Resource))
        {
            findings.Field("verification.resource", At("/verification/resource", "verification.resource.missing"));
        }
    }

    private static void RealName(Filing filing, RuleContext context, FindingList findings)
    {
        var facts = context.RealName;
        if (facts.Status != Accounts.RealNameStatus.Verified)
        {
            findings.Field("account.realName", At("/subject/name", "account.realNameMissing"));
            return;
        }

        var s = filing.Snapshot;
        var sameKind = filing.IsIndividual is not { } person || person == (facts.Kind == RealNameKind.Individual);
        var sameName = string.IsNullOrWhiteSpace(s.Subject.Name) || s.Subject.Name.Trim() == facts.Name!.Trim();
        var sameNumber = facts.CertificateNumber is null || string.IsNullOrWhiteSpace(s.Verification.CertificateNumber)
            || string.Equals(facts.CertificateNumber.Trim(), s.Verification.CertificateNumber.Trim(), StringComparison.OrdinalIgnoreCase);
        if (!sameKind || !sameName || !sameNumber)
        {
            findings.Field("account.realName", At("/subject/name", "account.realNameMismatch"));
        }

        var from = facts.VerifiedAt!.Value + IndividualWait;
        if (facts.Kind == RealNameKind.Individual && context.Now < from)
        {
            findings.Field("account.realName", At("/subject/name", "account.realNameTooNew") with
            {
                Args = Texts.Args(("from", from.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))),
            });
        }
    }

    private static Finding At(string pointer, string code) => new(pointer, code) { Step = Step };

    private static string? Text(int? code) => code?.ToString(CultureInfo.InvariantCulture);
}
