using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>The people a filing needs, and who may stand in for the legal representative.</summary>
internal static class PrincipalOutlooks
{
    /// <summary>Resident identity card.</summary>
    private const int IdentityCard = 2;

    private const string BothRoles = "legalPersonAuthorization";
    private const string OfOne = "principalAuthorization";
    private const string OfOneSite = "siteManagerAuthorization";

    public static IReadOnlyList<PersonOutlook> Of(Outset o, IReadOnlyList<Placed> statements)
    {
        var sms = o.Book.Tables.SmsTargets.GetValueOrDefault(o.Shape.Kind == FilingKind.AddSite ? "AddService" : "FirstFiling") ?? [];
        var answers = o.Shape.Individual ? [] : OfSubject(o, out _);
        var subject = Person(o, "subjectPrincipal", "always", Phrase.Say(o.Shape.Individual ? "outlook.people.self" : "outlook.people.subjectPrincipal"), statements) with
        {
            MustBeLegalRepresentative = o.Shape.Individual ? null : MustBe(answers),
            Delegations = answers,
            FaceCheck = o.Shape.Individual && o.Policy.FaceCheckSupports(IdentityCard),
            Sms = sms.Contains("subjectPrincipal"),
        };
        if (o.Shape.Individual)
        {
            return [subject];
        }

        var letters = o.Rules.On("siteManagerAuthorizationLetterRequired", o.Shape.DataKind) is null ? [] : LettersOfSite(o);
        var site = Person(o, "sitePrincipal", "conditional", Phrase.Say("outlook.people.sitePrincipal"), statements) with
        {
            MustBeLegalRepresentative = "never",
            Delegations = [new Delegation(null, letters.Count > 0 ? "delegateWithLetter" : "delegateWithoutLetter", letters)],
            FaceCheck = o.Policy.FaceCheckSupports(IdentityCard),
            Sms = sms.Contains("sitePrincipal"),
        };
        var legal = new PersonOutlook("legalRepresentative", "always", Phrase.Say("outlook.people.legalRepresentative"), null, [], null, null, null, false, false, []);
        return [subject, site, legal];
    }

    /// <summary>Who may be the subject's principal: the exceptions that this nature can meet, and what holds otherwise.</summary>
    /// <param name="row">The rule; null where the province has none, and then nothing is answered.</param>
    public static IReadOnlyList<Delegation> OfSubject(Outset o, out RuleRow? row)
    {
        var rule = o.Find<PrincipalRule>("principalRule");
        row = rule?.Row;
        if (rule is null)
        {
            return [];
        }

        var answers = new List<Delegation>();
        foreach (var exception in rule.Value.Exceptions.Where(e => (e.NatureCodes.Count == 0 || e.NatureCodes.Contains(o.Shape.Nature)) && (e.SoleTrader != true || o.MayBeSoleTrader)))
        {
            var when = Condition(exception);
            answers.Add(Delegate(when, exception.Rule, o));
            if (when is null)
            {
                return answers;
            }
        }

        return [.. answers, Delegate(null, rule.Value.Default, o)];
    }

    /// <summary>Letters of which one lets somebody else be a site's principal; a province's own form comes before the general ones.</summary>
    public static IReadOnlyList<string> LettersOfSite(Outset o)
    {
        var form = o.Book.Tables.Materials.FirstOrDefault(m => m.Provinces is not null && m.Id.StartsWith(OfOneSite, StringComparison.Ordinal) && m.Concerns(o.Shape.Nature, o.Shape.Province))?.Id;
        return form is null ? [OfOneSite, BothRoles] : [form];
    }

    private static Delegation Delegate(Phrase? when, string answer, Outset o)
    {
        var letter = answer == "delegateWithLetter" && o.Find<bool>("authorizationLetterWhenPrincipalNotLegalPerson") is not { Value: false };
        return new Delegation(when, answer, letter ? [BothRoles, OfOne] : []);
    }

    private static Phrase? Condition(PrincipalExemption exception)
    {
        Phrase?[] parts =
        [
            exception.SoleTrader switch { true => Phrase.Say("outlook.when.soleTrader"), false => Phrase.Say("outlook.when.notSoleTrader"), _ => null },
            exception.FinanceBusiness switch { true => Phrase.Say("outlook.when.finance"), false => Phrase.Say("outlook.when.notFinance"), _ => null },
            exception.LargeStateOwned is null ? null : Phrase.Say("outlook.when.largeStateOwned"),
        ];
        return Phrase.Join([.. parts.OfType<Phrase>()]);
    }

    private static string MustBe(IReadOnlyList<Delegation> answers) =>
        answers.Count > 0 && answers.All(a => a.Answer == "legalPersonOnly") ? "always" : answers.Any(a => a.Answer == "legalPersonOnly") ? "conditional" : "never";

    private static PersonOutlook Person(Outset o, string role, string needed, Phrase text, IReadOnlyList<Placed> statements)
    {
        var least = o.For<int?>("minAge")?.Value;
        var minor = PeopleStatements.Minor(o)?.Value;
        var alone = minor is null ? least : Math.Max(least ?? 0, minor.UnderAge);
        var answersForSite = o.Shape.Individual || role == "sitePrincipal";
        string[] about = ["verification.province", "verification.certificateType"];
        var rules = statements.Where(p => p.Field.StartsWith(role + ".", StringComparison.Ordinal) || (o.Shape.Individual && about.Contains(p.Field))).Select(p => p.Statement);
        return new PersonOutlook(role, needed, text, null, [], alone, minor is null ? null : minor.FromAge ?? 0, answersForSite ? o.Find<MaxAge>("maxAge")?.Value.SiteManager : null, false, false, [.. rules]);
    }
}
