using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>Who may file where, and what is asked of the subject's own fields.</summary>
internal static class SubjectStatements
{
    private const string Province = "verification.province";
    private const string Certificate = "verification.certificateType";
    private const string Name = "subject.name";
    private const string Address = "subject.mailingAddress";

    public static IEnumerable<Placed> Of(Outset o) => [.. o.Shape.Individual ? Individual(o) : Organisation(o), .. SoleTrader(o), .. Addresses(o), .. Months(o), .. Shell(o)];

    private static IEnumerable<Placed> Individual(Outset o)
    {
        if (o.Find<bool>("individualAllowed") is { Value: false } closed)
        {
            yield return Outset.Place("verification.subjectNature", closed.Row, Phrase.Say("outlook.individual.closed"));
        }

        // Whoever is filed already was let in then.
        if (o.Shape.DataKind != "FirstFiling")
        {
            yield break;
        }

        var elsewhere = o.Find<bool>("individualNonLocalAllowed");
        if (elsewhere is not null)
        {
            yield return Outset.Place(Province, elsewhere.Row, elsewhere.Value ? Phrase.Say("outlook.individual.nonLocal") : Phrase.Say("outlook.individual.localOnly"));
        }

        if (o.Find<bool>("individualResidenceProofRequired") is { } proof)
        {
            if (proof.Value && elsewhere is not { Value: false })
            {
                var accepted = o.Find<IReadOnlyList<string>>("acceptedResidenceProofs");
                yield return Outset.Place(Province, accepted?.Row ?? proof.Row, Phrase.Say("outlook.individual.residence", ("papers", o.Papers(accepted?.Value ?? ["residencePermit"]))));
            }
            else if (!proof.Value && elsewhere is not { Value: false })
            {
                yield return Outset.Place(Province, proof.Row, Phrase.Say("outlook.individual.noResidence"), Severity.Info);
            }
        }

        if (o.Find<bool>("individualForeignerAllowed") is { } foreign)
        {
            yield return Outset.Place(Certificate, foreign.Row, foreign.Value ? Phrase.Say("outlook.individual.foreigner") : Phrase.Say("outlook.individual.noForeigner"));
        }
    }

    private static IEnumerable<Placed> Organisation(Outset o)
    {
        if (o.Find<CrossProvince>("crossProvince") is { Value.Organization: "notAllowed" } cross)
        {
            yield return Outset.Place(Province, cross.Row, Phrase.Say("outlook.organization.crossProvince"));
            yield return Outset.Place("subject.certificateAddress", cross.Row, Phrase.Say("outlook.organization.crossProvince"));
        }

        foreach (var (key, field) in new[] { ("foreignOrganization", Certificate), ("branchOffices", Name) })
        {
            if (o.Find<string>(key) is { } quoted)
            {
                yield return Outset.Place(field, quoted.Row, Phrase.Of(RuleWords.Of(quoted.Row)[0]), Severity.Info);
            }
        }

        if (o.Find<InvestorRule>("investor") is { } investor && investor.Value.Natures?.Contains(o.Shape.Nature) != false)
        {
            var text = investor.Value.MustEqual switch
            {
                "subjectName" => Phrase.Say("outlook.investor.subjectName"),
                "legalRepresentative" => Phrase.Say("outlook.investor.legalRepresentative"),
                _ => Phrase.Say("outlook.investor.superiorUnit"),
            };
            yield return Outset.Place("subject.investor", investor.Row, text, Severity.Warning);
        }
    }

    private static IEnumerable<Placed> SoleTrader(Outset o)
    {
        if (o.Find<SoleTraderRule>("soleTrader") is not { } rule)
        {
            yield break;
        }

        var filesAsPerson = rule.Value.FileAs == "individualIfNoTradeName";
        if (o.MayBeSoleTrader || (o.Shape.Individual && filesAsPerson))
        {
            Phrase? text = rule.Value.FileAs switch
            {
                "enterprise" => Phrase.Say("outlook.soleTrader.enterprise"),
                "enterpriseIfTradeName" => Phrase.Say("outlook.soleTrader.enterpriseIfTradeName"),
                "enterpriseIfInCreditSystem" => Phrase.Say("outlook.soleTrader.enterpriseIfInCreditSystem"),
                "individualIfNoTradeName" => Phrase.Say("outlook.soleTrader.individualIfNoTradeName"),
                _ => null,
            };
            Phrase?[] parts = [text, rule.Value.UnnamedRule is null ? null : Unnamed(RuleWords.Of(rule.Row)[0])];
            if (Phrase.Join([.. parts.OfType<Phrase>()]) is { } said)
            {
                yield return Outset.Place(Name, rule.Row, said, Severity.Info);
            }
        }

        if (o.MayBeSoleTrader)
        {
            yield return Outset.Place("subject.remark", rule.Row, rule.Value.SealRequired ? Phrase.Say("outlook.soleTrader.seal") : Phrase.Say("outlook.soleTrader.noSeal"));
        }
    }

    private static Phrase Unnamed(Reference.LocalText rule) => Phrase.Say("outlook.soleTrader.unnamed", ("rule", rule.Zh), ("ruleEn", rule.En));

    private static IEnumerable<Placed> Addresses(Outset o)
    {
        if (o.Find<AddressRules>("addressRules") is not { } rule)
        {
            yield break;
        }

        Phrase?[] parts =
        [
            rule.Value.DoorplateRequired == true ? Phrase.Say("outlook.address.door") : null,
            rule.Value.MunicipalDistrictWordForbidden == true ? Phrase.Say("outlook.address.municipalDistrict") : null,
            rule.Value.SameCityAsCertificate == true && !o.Shape.Individual ? Phrase.Say("outlook.address.sameCity") : null,
            rule.Value.ForbiddenCharacters is { } symbols ? Phrase.Say("outlook.address.symbols", ("symbols", symbols)) : null,
        ];
        if (Phrase.Join([.. parts.OfType<Phrase>()]) is { } said)
        {
            yield return Outset.Place(Address, rule.Row, said);
        }
    }

    /// <summary>How long certificates must still be good.</summary>
    private static IEnumerable<Placed> Months(Outset o)
    {
        if (Rules.SubjectRules.MonthsLeft(o.Situation, m => m.Person) is (var ofPerson, var months))
        {
            foreach (var placed in o.OfEverybody(".validTo", ofPerson, Phrase.Say("outlook.certificate.months", ("months", months))))
            {
                yield return placed;
            }
        }

        if (Rules.SubjectRules.MonthsLeft(o.Situation, m => m.Subject) is (var ofSubject, var left))
        {
            yield return Outset.Place("subject.certificateValidTo", ofSubject, Phrase.Say("outlook.certificate.months", ("months", left)));
        }
    }

    private static IEnumerable<Placed> Shell(Outset o)
    {
        if (o.Shape.DataKind == "AddServiceLocal" && o.Find<bool>("emptyShellDirectAddAllowed") is { } shell)
        {
            yield return Outset.Place("subject", shell.Row, shell.Value ? Phrase.Say("outlook.shell.allowed") : Phrase.Say("outlook.shell.refused"));
        }
    }
}
