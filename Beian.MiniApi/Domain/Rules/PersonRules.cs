using System.Globalization;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>负责人: one person's name, certificate and age; the same demands for the subject's principal and a site's.</summary>
internal static class PersonRules
{
    public static void Judge(Party party, Situation s, FindingList findings)
    {
        var person = party.Person;
        if (findings.Present(party.Step + ".name", At(party, "/name", "person.name.missing"), person.Name) && person.Name!.AsSpan().IndexOfAnyInRange('0', '9') >= 0)
        {
            findings.Field(party.Step + ".name", At(party, "/name", "person.name.digits"));
        }

        Certificate(person.CertificateType, person.CertificateNumber, party.At, party.Step, party.SiteId, party.Step, s, findings);
        Validity(party, s, findings);
        Age(party, s, findings);
        TooOld(party, s, findings);
        PhoneRules.Judge(party, s, findings);
    }

    internal static Finding At(Party party, string field, string code) => new(party.At + field, code) { Step = party.Step, SiteId = party.SiteId };

    /// <summary>Type and number of a person's certificate.</summary>
    /// <param name="at">Pointer of the person's block.</param>
    /// <param name="fields">What the ids of the fields' rows begin with.</param>
    internal static void Certificate(int? type, string? number, string at, string step, string? siteId, string fields, Situation s, FindingList findings)
    {
        Finding Of(string field, string code) => new(at + field, code) { Step = step, SiteId = siteId };
        var row = s.Book.FindCertificateType(type);
        if (findings.Present(fields + ".certificateType", Of("/certificateType", "person.certificateType.missing"), type?.ToString(CultureInfo.InvariantCulture)) && row is not { ForPerson: true })
        {
            findings.Field(fields + ".certificateType", Of("/certificateType", "person.certificateType.notForPersons"));
        }

        if (findings.Present(fields + ".certificateNumber", Of("/certificateNumber", "person.certificateNumber.missing"), number)
            && row is { ForPerson: true } && CertificateNumbers.Check(row, number!.Trim(), s.Today) is { } code)
        {
            findings.Error(s.Book.RefOf("certificate-types", row.Code.ToString(CultureInfo.InvariantCulture)), Of("/certificateNumber", code));
        }
    }

    private static void Validity(Party party, Situation s, FindingList findings)
    {
        var person = party.Person;
        DateOnly? from = null;
        if (findings.Present(party.Step + ".validFrom", At(party, "/validFrom", "person.validFrom.missing"), person.ValidFrom))
        {
            from = Dates.Read(person.ValidFrom);
            if (from is null || from > s.Today)
            {
                findings.Field(party.Step + ".validFrom", At(party, "/validFrom", "person.validFrom.format"));
            }
        }

        if (!findings.Present(party.Step + ".validTo", At(party, "/validTo", "person.validTo.missing"), person.ValidTo) || person.ValidTo == Person.LongTerm)
        {
            return;
        }

        var to = Dates.Read(person.ValidTo);
        if (to is null || to <= from)
        {
            findings.Field(party.Step + ".validTo", At(party, "/validTo", "person.validTo.format"));
        }
        else if (to < s.Today)
        {
            findings.Field(party.Step + ".validTo", At(party, "/validTo", "person.validTo.expired"));
        }
        else if (SubjectRules.MonthsLeft(s, m => m.Person) is (var rule, var months) && to < s.Today.AddMonths(months))
        {
            findings.By(rule, At(party, "/validTo", "person.validTo.tooShort") with { Args = Texts.Args(("months", months.ToString(CultureInfo.InvariantCulture))) });
        }
    }

    /// <summary>Old enough, or young with the papers that the province takes for it.</summary>
    private static void Age(Party party, Situation s, FindingList findings)
    {
        if (s.Individual is not { } individual || People.AgeOf(party.Person, s.Today) is not { } age)
        {
            return;
        }

        var subject = individual ? "individual" : "organization";
        var minor = s.Rules.Find<MinorRule>("minorRule", s.Kind) is { } m && (m.Value.AppliesTo == "all" || m.Value.AppliesTo == subject) ? m : null;
        if (minor is not null && age < minor.Value.UnderAge && age >= (minor.Value.FromAge ?? 0))
        {
            Proofs(party, minor, s, findings);
        }
        else if (s.Rules.FindFor<int?>("minAge", individual, s.Kind) is { } general && age < general.Value)
        {
            findings.By(general.Row, At(party, "/certificateNumber", "person.age.tooYoung") with { Args = Texts.Args(("years", general.Value!.Value.ToString(CultureInfo.InvariantCulture))) });
        }
    }

    /// <summary>One set of papers must be complete; the one that lacks least is asked for.</summary>
    private static void Proofs(Party party, Ruled<MinorRule> minor, Situation s, FindingList findings)
    {
        var lacking = minor.Value.ProofSets.Select(set => set.Where(kind => !MaterialRules.Brought(kind, party, s)).ToArray()).OrderBy(set => set.Length).FirstOrDefault();
        foreach (var kind in lacking ?? [])
        {
            MaterialRules.Demand(minor.Row, kind, party.SiteId, s, findings);
        }
    }

    private static void TooOld(Party party, Situation s, FindingList findings)
    {
        var answersForSite = party.Role == PartyRole.SitePrincipal || s.Sites.Any(s.Filing.SharesPrincipal);
        if (!answersForSite || s.Rules.Find<MaxAge>("maxAge", s.Kind) is not { } rule || People.AgeOf(party.Person, s.Today) is not { } age)
        {
            return;
        }

        var limit = People.IsMale(party.Person.CertificateNumber) == false ? rule.Value.SiteManager.Female : rule.Value.SiteManager.Male;
        if (age > limit)
        {
            findings.By(rule.Row, At(party, "/certificateNumber", "person.age.tooOld") with { Args = Texts.Args(("years", limit.ToString(CultureInfo.InvariantCulture))) });
        }
    }
}
