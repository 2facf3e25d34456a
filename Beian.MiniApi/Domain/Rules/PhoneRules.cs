using System.Globalization;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>Telephones and mail of one person, and how the numbers of several people must differ.</summary>
internal static class PhoneRules
{
    private const string Table = "phone-rules";

    public static void Judge(Party party, Situation s, FindingList findings)
    {
        var person = party.Person;
        if (findings.Present(party.Step + ".mobile", PersonRules.At(party, "/mobile", "person.mobile.missing"), person.Mobile))
        {
            Mobile(party, s, findings);
        }

        Second(party, s, findings);
        Landline(party, s, findings);
        Emergency(party, s, findings);
        if (findings.Present(party.Step + ".email", PersonRules.At(party, "/email", "person.email.missing"), person.Email) && !PhoneNumbers.IsEmail(person.Email!.Trim()))
        {
            findings.Field(party.Step + ".email", PersonRules.At(party, "/email", "person.email.format"));
        }
    }

    /// <summary>How the numbers of everybody in the filing must differ: P01 to P04.</summary>
    public static void JudgeTogether(Situation s, FindingList findings)
    {
        foreach (var site in s.SitePrincipals)
        {
            foreach (var other in s.Parties.TakeWhile(p => p != site))
            {
                Pair(site, other, s, findings);
            }
        }

        Distinct(s, findings);
    }

    private static void Mobile(Party party, Situation s, FindingList findings)
    {
        var mobile = PhoneNumbers.NormaliseMobile(party.Person.Mobile!);
        if (!PhoneNumbers.IsMobile(mobile))
        {
            findings.Error(s.Book.RefOf(Table, "mobileFormat"), PersonRules.At(party, "/mobile", "person.mobile.format"));
            return;
        }

        if (!s.Book.ReceivesSms(mobile))
        {
            findings.Warn(s.Book.RefOf(Table, "smsCapablePrefixes"), PersonRules.At(party, "/mobile", "person.mobile.noSms") with { Args = Texts.Args(("prefix", mobile[..3])) });
        }

        Locality(party, mobile, s, findings);
    }

    /// <summary>Whether the number must be from the province; without a table of number ranges only the demand itself is told.</summary>
    private static void Locality(Party party, string mobile, Situation s, FindingList findings)
    {
        if (s.Individual is not { } individual || s.Province is not { } province || s.Rules.FindFor<string>("phoneLocality", individual, s.Kind) is not { Value: not "none" } rule)
        {
            return;
        }

        if (rule.Value == "nonLocalOnly" && People.ProvinceOf(party.Person.CertificateType, party.Person.CertificateNumber) is var home && (home is null || home == province))
        {
            return;
        }

        var weight = rule.Value == "recommended" ? Severity.Warning : Severity.Error;
        switch (s.Book.ProvinceOfMobile(mobile))
        {
            case null when weight == Severity.Error:
                findings.Info(rule.Ref, PersonRules.At(party, "/mobile", "person.mobile.localityUnknown"));
                break;
            case { } from when from != province:
                findings.By(rule.Row, PersonRules.At(party, "/mobile", "person.mobile.otherProvince"), weight);
                break;
            default:
                break;
        }
    }

    private static void Second(Party party, Situation s, FindingList findings)
    {
        var typed = party.Person.Phone2;
        if (string.IsNullOrWhiteSpace(typed))
        {
            if (s.Individual is { } individual && s.Rules.FindFor<bool?>("secondContactRequired", individual, s.Kind) is { Value: true } rule)
            {
                findings.By(rule.Row, PersonRules.At(party, "/phone2", "person.phone2.missing"));
            }

            return;
        }

        if (!IsNumber(typed))
        {
            findings.Field(party.Step + ".phone2", PersonRules.At(party, "/phone2", "person.phone2.format"));
        }
        else if (Same(typed, party.Person.Mobile))
        {
            findings.Field(party.Step + ".phone2", PersonRules.At(party, "/phone2", "person.phone2.sameAsMobile"));
        }
    }

    private static void Landline(Party party, Situation s, FindingList findings)
    {
        var typed = party.Person.Landline?.Trim();
        if (string.IsNullOrEmpty(typed))
        {
            if (s.Individual is { } individual && s.Rules.FindFor<bool?>("landlineRequired", individual, s.Kind) is { Value: true } rule)
            {
                findings.By(rule.Row, PersonRules.At(party, "/landline", "person.landline.missing"));
            }

            return;
        }

        if (PhoneNumbers.AreaCodeOf(typed) is not { } code)
        {
            findings.Error(s.Book.RefOf(Table, "landlineFormat"), PersonRules.At(party, "/landline", "person.landline.format"));
        }
        else if (s.Individual == false)
        {
            AreaCode(party, code, s, findings);
        }
    }

    /// <summary>An organisation's landline is where its address is.</summary>
    private static void AreaCode(Party party, string code, Situation s, FindingList findings)
    {
        var region = s.Verification.Region;
        var row = s.Book.FindAreaCode(region?.District) is { AreaCodes.Count: > 0 } county ? county : s.Book.FindAreaCode(region?.City);
        if (row is not { AreaCodes.Count: > 0 } || row.AreaCodes.Contains(code))
        {
            return;
        }

        var rule = s.Book.RefOf(Table, "landlineAreaMatchesAddress");
        var legacy = row.LegacyAreaCodes.Contains(code);
        findings.Add(
            legacy ? Severity.Warning : Severity.Error,
            rule,
            PersonRules.At(party, "/landline", legacy ? "person.landline.oldArea" : "person.landline.otherArea") with { Args = Texts.Args(("expected", string.Join('、', row.AreaCodes))) });
    }

    private static void Emergency(Party party, Situation s, FindingList findings)
    {
        var typed = party.Person.EmergencyPhone;
        if (string.IsNullOrWhiteSpace(typed))
        {
            if (s.Individual is { } individual && s.Rules.FindFor<bool?>("emergencyContactRequired", individual, s.Kind) is { Value: true } rule)
            {
                findings.By(rule.Row, PersonRules.At(party, "/emergencyPhone", "person.emergencyPhone.missing"));
            }

            return;
        }

        if (!IsNumber(typed))
        {
            findings.Error(s.Book.RefOf(Table, "emergencyReachable"), PersonRules.At(party, "/emergencyPhone", "person.emergencyPhone.format"));
        }
        else if (Same(typed, party.Person.Mobile))
        {
            OwnNumber(party, s, findings);
        }
    }

    /// <summary>One's own number as emergency contact: refused where the province says so, allowed where it says that, else a warning (P03).</summary>
    private static void OwnNumber(Party party, Situation s, FindingList findings)
    {
        var finding = PersonRules.At(party, "/emergencyPhone", "person.emergencyPhone.sameAsMobile");
        if (s.Individual is not { } individual || s.Rules.FindFor<bool?>("emergencyContactMustDiffer", individual, s.Kind) is not { } rule)
        {
            findings.Field(party.Step + ".emergencyPhone", finding, Severity.Warning);
        }
        else if (rule.Value == true)
        {
            findings.By(rule.Row, finding);
        }
    }

    /// <summary>Two people share neither number nor mail; one person has one of each.</summary>
    private static void Pair(Party later, Party earlier, Situation s, FindingList findings)
    {
        var sameMobile = Same(later.Person.Mobile, earlier.Person.Mobile);
        var sameMail = !string.IsNullOrWhiteSpace(later.Person.Email) && string.Equals(later.Person.Email.Trim(), earlier.Person.Email?.Trim(), StringComparison.OrdinalIgnoreCase);
        if (later.IsOther(earlier))
        {
            if (sameMobile)
            {
                findings.Error(s.Book.RefOf(Table, "principalAndManagerDiffer"), PersonRules.At(later, "/mobile", "person.mobile.shared"));
            }

            if (sameMail)
            {
                findings.Error(s.Book.RefOf(Table, "onePersonOnePhone"), PersonRules.At(later, "/email", "person.email.shared"));
            }
        }
        else if (later.IsSame(earlier) && !string.IsNullOrWhiteSpace(later.Person.Mobile) && !string.IsNullOrWhiteSpace(earlier.Person.Mobile) && !sameMobile)
        {
            findings.Warn(s.Book.RefOf(Table, "onePersonOnePhone"), PersonRules.At(later, "/mobile", "person.mobile.differs"));
        }
    }

    /// <summary>The province's least count of different numbers among principals and emergency contacts (P04).</summary>
    private static void Distinct(Situation s, FindingList findings)
    {
        if (s.Individual is not { } individual || s.Rules.Find<DistinctPhones>("minDistinctPhones", s.Kind) is not { } rule
            || s.Rules.FindFor<bool?>("emergencyContactMustDiffer", individual, s.Kind) is { Value: false })
        {
            return;
        }

        var principal = s.Principal;
        var others = s.SitePrincipals.Where(p => p.IsOther(principal)).ToArray();
        var needed = others.Length > 0 ? rule.Value.DifferentPersons : rule.Value.SamePerson;
        var last = others.LastOrDefault() ?? principal;
        string?[] typed = [.. s.Parties.SelectMany(p => new[] { p.Person.Mobile, p.Person.EmergencyPhone })];
        var numbers = typed.Where(n => !string.IsNullOrWhiteSpace(n)).Select(n => Normalise(n!)).Distinct(StringComparer.Ordinal).Count();

        // Before there is a mobile number, that is what is missing.
        if (numbers < needed && !string.IsNullOrWhiteSpace(last.Person.Mobile))
        {
            findings.By(rule.Row, PersonRules.At(last, "/emergencyPhone", "person.phones.tooFewDistinct") with { Args = Texts.Args(("count", needed.ToString(CultureInfo.InvariantCulture))) });
        }
    }

    private static bool IsNumber(string typed) => PhoneNumbers.IsMobile(PhoneNumbers.NormaliseMobile(typed)) || PhoneNumbers.IsLandline(typed.Trim());

    private static bool Same(string? a, string? b) => !string.IsNullOrWhiteSpace(a) && !string.IsNullOrWhiteSpace(b) && Normalise(a) == Normalise(b);

    private static string Normalise(string number) => PhoneNumbers.NormaliseMobile(number);
}
