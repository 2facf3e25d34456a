using System.Globalization;
using System.Text;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>Characters nobody meant to type: invisible ones anywhere, emoji in names, addresses and numbers, full-width ones in numbers.</summary>
internal static class WrittenCharacters
{
    /// <summary>Fields of numbers and addresses that only have ASCII characters.</summary>
    private static readonly string[] AsciiFields = ["/certificateNumber", "/mobile", "/phone2", "/landline", "/emergencyPhone", "/email", "/validFrom", "/validTo"];

    public static void Judge(Situation s, FindingList findings)
    {
        Text("subject.name", "/subject/name", "subject", null, s.Subject.Name, findings);
        Text("subject.certificateAddress", "/subject/certificateAddress", "subject", null, s.Subject.CertificateAddress, findings);
        Text("subject.mailingAddress", "/subject/mailingAddress", "subject", null, s.Subject.MailingAddress, findings);
        Text("subject.investor", "/subject/investor", "subject", null, s.Subject.Investor, findings);
        Text("subject.remark", "/subject/remark", "subject", null, s.Subject.Remark, findings);
        Text("subject.businessScope", "/subject/businessScope", "subject", null, s.Subject.BusinessScope, findings);
        Text("subject.legalRepresentative.name", "/subject/legalRepresentative/name", "subject", null, s.LegalRepresentative?.Name, findings);
        Ascii("subject.legalRepresentative.certificateNumber", "/subject/legalRepresentative/certificateNumber", "subject", null, s.LegalRepresentative?.CertificateNumber, findings);
        Ascii("subject.certificateValidTo", "/subject/certificateValidTo", "subject", null, s.Subject.CertificateValidTo, findings);
        Ascii("verification.certificateNumber", "/verification/certificateNumber", "verification", null, s.Verification.CertificateNumber, findings);
        foreach (var party in s.Parties)
        {
            People(party, findings);
        }

        for (var i = 0; i < s.Sites.Count; i++)
        {
            Text("site.remark", $"/sites/{i}/remark", "site", s.Sites[i].Id, s.Sites[i].Remark, findings);
        }
    }

    /// <summary>A character and its number, such as ☆ (U+2606); an invisible one shows its number alone.</summary>
    public static string Show(Rune rune) => IsInvisible(rune) || rune.Value == 0xFFFD
        ? "U+" + rune.Value.ToString("X4", CultureInfo.InvariantCulture)
        : $"{rune} (U+{rune.Value.ToString("X4", CultureInfo.InvariantCulture)})";

    /// <summary>The first character of a text that nobody sees, as <see cref="Show"/> names it; null when there is none.</summary>
    public static string? FirstInvisible(string text) => First(text, IsInvisible) is { } rune ? Show(rune) : null;

    /// <summary>Why a certificate number cannot be read, with the values of its texts; null when it can.</summary>
    public static (string Code, IReadOnlyDictionary<string, string> Args)? FaultOfNumber(string field, string number) =>
        Fault(number) is var (code, rune) ? (code, Args(field, rune)) : null;

    private static void People(Party party, FindingList findings)
    {
        var p = party.Person;
        Text(party.Step + ".name", party.At + "/name", party.Step, party.SiteId, p.Name, findings);
        string?[] values = [p.CertificateNumber, p.Mobile, p.Phone2, p.Landline, p.EmergencyPhone, p.Email, p.ValidFrom, p.ValidTo];
        for (var i = 0; i < values.Length; i++)
        {
            Ascii(party.Step + "." + AsciiFields[i][1..], party.At + AsciiFields[i], party.Step, party.SiteId, values[i], findings);
        }
    }

    private static void Text(string field, string pointer, string step, string? siteId, string? value, FindingList findings)
    {
        if (value is not null && First(value, IsInvisible) is { } hidden)
        {
            findings.Field(field, Of(field, pointer, "text.invisible", step, siteId, hidden));
        }
        else if (value is not null && !IsProse(field) && First(value, IsEmoji) is { } emoji)
        {
            findings.Field(field, Of(field, pointer, "text.emoji", step, siteId, emoji));
        }
    }

    private static void Ascii(string field, string pointer, string step, string? siteId, string? value, FindingList findings)
    {
        if (value is not null && Fault(value) is var (code, rune))
        {
            findings.Unreadable(field, Of(field, pointer, code, step, siteId, rune));
        }
    }

    private static (string Code, Rune Rune)? Fault(string value) =>
        First(value, IsInvisible) is { } hidden ? ("text.invisible", hidden)
        : First(value, r => r.Value is >= 0xFF01 and <= 0xFF5E or 0x3000) is { } wide ? ("text.fullWidth", wide)
        : First(value, IsEmoji) is { } emoji ? ("text.emoji", emoji)
        : null;

    private static Finding Of(string field, string pointer, string code, string step, string? siteId, Rune rune) =>
        new(pointer, code) { Step = step, SiteId = siteId, Args = Args(field, rune) };

    private static IReadOnlyDictionary<string, string> Args(string field, Rune rune) => Texts.Args(("field", "name.field." + field), ("character", Show(rune)));

    private static Rune? First(string value, Func<Rune, bool> wrong)
    {
        foreach (var rune in value.EnumerateRunes())
        {
            if (wrong(rune))
            {
                return rune;
            }
        }

        return null;
    }

    /// <summary>Control and formatting characters, unpaired surrogates (which read as U+FFFD), and numbers that stand for no character.</summary>
    private static bool IsInvisible(Rune rune) => !rune.IsAscii && rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    /// <summary>Texts that tell something, where a picture does no harm.</summary>
    private static bool IsProse(string field) => field is "subject.remark" or "subject.businessScope" or "site.remark";

    /// <summary>Pictures and dingbats, with their skin tones, flags and selectors.</summary>
    private static bool IsEmoji(Rune rune) => rune.Value is (>= 0x1F000 and <= 0x1FAFF) or (>= 0x2600 and <= 0x27BF) or (>= 0x2B00 and <= 0x2BFF) or (>= 0xFE00 and <= 0xFE0F) or 0x20E3;
}
