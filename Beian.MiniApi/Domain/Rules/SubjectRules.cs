using System.Globalization;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>主体信息: the subject's own fields.</summary>
internal static class SubjectRules
{
    private const string Step = "subject";

    public static void Judge(Situation s, FindingList findings)
    {
        var named = findings.Present("subject.name", At("/subject/name", "subject.name.missing"), s.Subject.Name);
        if (named && s.Subject.Name!.AsSpan().ContainsAny('*', '＊'))
        {
            findings.Field("subject.name", At("/subject/name", "subject.name.asterisk"));
        }

        AddressJudge.Judge(s, findings);
        Validity(s, findings);
        if (s.Individual == false)
        {
            Investor(s, findings);
            Representative(s, findings);
            SoleTrader(s, findings);
        }
        else if (s.Individual == true)
        {
            OnePerson(s, findings);
        }
    }

    private static Finding At(string pointer, string code) => new(pointer, code) { Step = Step };

    /// <summary>The subject's certificate must be good for some months; asked only where its end was typed.</summary>
    private static void Validity(Situation s, FindingList findings)
    {
        if (string.IsNullOrWhiteSpace(s.Subject.CertificateValidTo) || s.Subject.CertificateValidTo == Person.LongTerm)
        {
            return;
        }

        const string pointer = "/subject/certificateValidTo";
        if (Dates.Read(s.Subject.CertificateValidTo) is not { } to)
        {
            findings.Field("subject.certificateValidTo", At(pointer, "subject.certificateValidTo.format"));
        }
        else if (to < s.Today)
        {
            findings.Field("subject.certificateValidTo", At(pointer, "subject.certificateValidTo.expired"));
        }
        else if (MonthsLeft(s, m => m.Subject) is (var rule, var months) && to < s.Today.AddMonths(months))
        {
            findings.By(rule, At(pointer, "subject.certificateValidTo.tooShort") with { Args = Texts.Args(("months", months.ToString(CultureInfo.InvariantCulture))) });
        }
    }

    /// <summary>Months a certificate must still be good for, and the rule that says so; null when none does.</summary>
    internal static (RuleRow Rule, int Months)? MonthsLeft(Situation s, Func<RemainingMonths, int> whose) =>
        s.Rules.Find<RemainingMonths>("certificateMinRemainingMonths", s.Kind) is { } own ? (own.Row, whose(own.Value))
        : s.Rules.Find<DateRules>("dateRules", s.Kind) is { } general ? (general.Row, general.Value.CertificateMinRemainingMonths)
        : null;

    private static void Investor(Situation s, FindingList findings)
    {
        const string pointer = "/subject/investor";
        if (!findings.Present("subject.investor", At(pointer, "subject.investor.missing"), s.Subject.Investor)
            || s.Rules.Find<InvestorRule>("investor", s.Kind) is not { } rule
            || (rule.Value.Natures is { } natures && (s.Nature is not { } nature || !natures.Contains(nature))))
        {
            return;
        }

        var (expected, code) = rule.Value.MustEqual switch
        {
            "subjectName" => (s.Subject.Name, "subject.investor.subjectName"),
            "legalRepresentative" => (s.LegalRepresentative?.Name, "subject.investor.legalRepresentative"),
            _ => (null, "subject.investor.superiorUnit"),
        };

        // Which unit is superior only people know; the subject itself is not.
        if (expected is null ? rule.Value.MustEqual == "superiorUnit" && HolderNames.Same(s.Subject.Investor!, s.Subject.Name ?? string.Empty) : !HolderNames.Same(s.Subject.Investor!, expected))
        {
            findings.By(rule.Row, At(pointer, code), Severity.Warning);
        }
    }

    private static void Representative(Situation s, FindingList findings)
    {
        const string at = "/subject/legalRepresentative";
        var legal = s.LegalRepresentative;
        findings.Present("subject.legalRepresentative.name", At(at + "/name", "subject.legalRepresentative.missing"), legal?.Name);

        // The number is asked for only when somebody else is principal.
        var other = !string.IsNullOrWhiteSpace(legal?.Name) && !string.IsNullOrWhiteSpace(s.Principal.Person.Name) && legal.Name.Trim() != s.Principal.Person.Name.Trim();
        if (other || !string.IsNullOrWhiteSpace(legal?.CertificateNumber))
        {
            PersonRules.Certificate(legal?.CertificateType, legal?.CertificateNumber, at, Step, null, "subject.legalRepresentative", s, findings);
        }
    }

    private static void SoleTrader(Situation s, FindingList findings)
    {
        if (!s.IsSoleTrader || s.Rules.Find<SoleTraderRule>("soleTrader", s.Kind) is not { } rule)
        {
            return;
        }

        if (rule.Value.SealRequired && s.LacksSeal)
        {
            findings.By(rule.Row, At("/subject/remark", "subject.soleTrader.sealRequired"));
        }

        if (rule.Value.FileAs == "enterpriseIfTradeName")
        {
            findings.By(rule.Row, At("/subject/name", "subject.soleTrader.enterpriseIfTradeName"), Severity.Info);
        }
        else if (rule.Value.FileAs == "enterpriseIfInCreditSystem")
        {
            findings.By(rule.Row, At("/subject/name", "subject.soleTrader.enterpriseIfInCreditSystem"), Severity.Info);
        }
    }

    /// <summary>An individual is subject, principal and owner in one person.</summary>
    private static void OnePerson(Situation s, FindingList findings)
    {
        var person = s.Principal.Person;
        if (!string.IsNullOrWhiteSpace(s.Subject.Name) && !string.IsNullOrWhiteSpace(person.Name) && !HolderNames.Same(s.Subject.Name, person.Name))
        {
            findings.Field("subjectPrincipal.name", new Finding("/subject/principal/name", "subject.individual.nameDiffers") { Step = "subjectPrincipal" });
        }

        if (!string.IsNullOrWhiteSpace(s.Verification.CertificateNumber) && !string.IsNullOrWhiteSpace(person.CertificateNumber)
            && CertificateNumbers.Normalise(s.Verification.CertificateNumber) != CertificateNumbers.Normalise(person.CertificateNumber))
        {
            findings.Field("subjectPrincipal.certificateNumber", new Finding("/subject/principal/certificateNumber", "subject.individual.numberDiffers") { Step = "subjectPrincipal" });
        }
    }
}
