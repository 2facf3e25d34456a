using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>证件住所 and 通信地址: where they lie and how they are written.</summary>
internal static class AddressJudge
{
    private const string Step = "subject";
    private const string Mailing = "/subject/mailingAddress";

    /// <summary>What an applicant writes into the remark when the address has nothing finer.</summary>
    private const string NothingFiner = "最详细";

    private const string MunicipalDistrict = "市辖区";

    /// <summary>Parts of an address that lead to a door; a village or group is enough in the country.</summary>
    private static readonly string[] Doors = ["号", "室", "单元", "栋", "幢", "楼", "层", "座", "院", "村", "组", "队", "屯", "寨", "宿舍", "门", "铺", "摊", "柜", "班"];

    public static void Judge(Situation s, FindingList findings)
    {
        var certified = findings.Present("subject.certificateAddress", At("/subject/certificateAddress", "subject.certificateAddress.missing"), s.Subject.CertificateAddress);
        var (province, city) = certified ? Region(s, s.Subject.CertificateAddress!) : (null, null);
        CrossProvince(s, province, findings);
        if (!findings.Present("subject.mailingAddress", At(Mailing, "subject.mailingAddress.missing"), s.Subject.MailingAddress))
        {
            return;
        }

        var address = s.Subject.MailingAddress!.Trim();
        var rule = s.Rules.Find<AddressRules>("addressRules", s.Kind);
        Door(s, address, rule, findings);
        Words(address, rule, findings);
        InRegion(s, address, findings);
        if (rule is { Value.SameCityAsCertificate: true } && s.Individual == false && city is not null && s.Verification.Region?.City is { } filed && filed != city)
        {
            findings.By(rule.Row, At(Mailing, "subject.mailingAddress.notSameCity"));
        }
    }

    /// <summary>The province and the city an address names at its beginning; null what it does not name.</summary>
    public static (string? Province, string? City) Region(Situation s, string address)
    {
        var text = address.Trim();
        var first = s.Context.Book.Places.At(text);
        if (first is not { Certain: true })
        {
            return (null, null);
        }

        var province = first.Code[..2] + "0000";
        if (!first.Code.EndsWith("0000", StringComparison.Ordinal))
        {
            return (province, City(s, first.Code));
        }

        var second = text.Length > first.Text.Length ? s.Context.Book.Places.At(text, first.Text.Length) : null;
        return (province, second?.Code[..2] == first.Code[..2] ? City(s, second.Code) : null);
    }

    private static Finding At(string pointer, string code) => new(pointer, code) { Step = Step };

    private static string? City(Situation s, string code) => s.Book.FindCity(code) is not null ? code : s.Book.CityOf(code);

    /// <summary>An organisation files where its certificate says it sits.</summary>
    private static void CrossProvince(Situation s, string? certified, FindingList findings)
    {
        if (s.Individual != false || s.Province is not { } filed || s.Rules.Find<CrossProvince>("crossProvince", s.Kind) is not { Value.Organization: "notAllowed" } rule)
        {
            return;
        }

        const string pointer = "/verification/region/province";
        if (certified is not null && certified != filed)
        {
            findings.By(rule.Row, new Finding(pointer, "region.crossProvince") { Step = "verification" });
        }
        else if (certified is null && RegisteredIn(s) is { } registered && registered != filed)
        {
            findings.By(rule.Row, new Finding(pointer, "region.crossProvinceMaybe") { Step = "verification" }, Severity.Warning);
        }
    }

    /// <summary>Province of the office that registered a credit code (GB 32100, digits 3 to 8); null for national offices and other numbers.</summary>
    private static string? RegisteredIn(Situation s)
    {
        var number = s.Verification.CertificateNumber?.Trim();
        return number is { Length: 18 } && s.Book.FindProvince(string.Concat(number.AsSpan(2, 2), "0000")) is { } province ? province.Code : null;
    }

    /// <summary>Down to the door, unless the remark says that there is none.</summary>
    private static void Door(Situation s, string address, Ruled<AddressRules>? rule, FindingList findings)
    {
        if (Array.Exists(Doors, d => address.Contains(d, StringComparison.Ordinal)) || (s.Subject.Remark?.Contains(NothingFiner, StringComparison.Ordinal) ?? false))
        {
            return;
        }

        if (rule is { Value.DoorplateRequired: true })
        {
            findings.By(rule.Row, At(Mailing, "subject.mailingAddress.noDoor"));
        }
        else
        {
            findings.Field("subject.mailingAddress", At(Mailing, "subject.mailingAddress.noDoor"));
        }
    }

    private static void Words(string address, Ruled<AddressRules>? rule, FindingList findings)
    {
        if (rule?.Value.ForbiddenCharacters is { } forbidden && address.IndexOfAny([.. forbidden]) is >= 0 and var at)
        {
            findings.By(rule.Row, At(Mailing, "subject.mailingAddress.symbols") with { Args = Texts.Args(("character", address[at].ToString())) });
        }

        if (rule?.Value.FormerDistricts?.FirstOrDefault(f => address.Contains(f.Name, StringComparison.Ordinal)) is { } former)
        {
            findings.By(rule.Row, At(Mailing, "subject.mailingAddress.formerDistrict") with { Args = Texts.Args(("former", former.Name), ("now", former.Now)) });
        }

        if (!address.Contains(MunicipalDistrict, StringComparison.Ordinal))
        {
            return;
        }

        if (rule is { Value.MunicipalDistrictWordForbidden: true })
        {
            findings.By(rule.Row, At(Mailing, "subject.mailingAddress.municipalDistrict"));
        }
        else
        {
            findings.Field("subject.mailingAddress", At(Mailing, "subject.mailingAddress.municipalDistrict"), Severity.Warning);
        }
    }

    /// <summary>The mailing address lies in the filed region, and need not repeat it.</summary>
    private static void InRegion(Situation s, string address, FindingList findings)
    {
        var (province, city) = Region(s, address);
        if (province is null || s.Province is not { } filed)
        {
            return;
        }

        if (province != filed)
        {
            findings.Field("subject.mailingAddress", At(Mailing, "subject.mailingAddress.otherProvince"));
        }
        else if (city is not null && s.Verification.Region?.City is { } filedCity && filedCity != city)
        {
            findings.Field("subject.mailingAddress", At(Mailing, "subject.mailingAddress.otherCity"), Severity.Warning);
        }
        else
        {
            findings.Field("subject.mailingAddress", At(Mailing, "subject.mailingAddress.repeatsRegion"), Severity.Info);
        }
    }
}
