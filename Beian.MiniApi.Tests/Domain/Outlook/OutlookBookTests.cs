using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Outlook;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.House;

namespace Beian.MiniApi.Tests.Domain.Outlook;

public sealed class OutlookBookTests
{
    /// <summary>Keys of rules that an outlook does not name in each province, each with the reason.</summary>
    private static readonly Dictionary<string, string> Untold = new(StringComparer.Ordinal)
    {
        ["changeRules"] = "about change filings",
        ["renameLetterRequired"] = "about change filings",
        ["principalMustBeLegalPerson"] = "says in short what principalRule says",
        ["residenceProofLists"] = "compares sources",
        ["notes"] = "about the data itself",
        ["individualAllowed"] = "told where it is false, which is nowhere now",
        ["commitmentLetterRequired"] = "told where it is true",
        ["domainCertificateRequired"] = "told where it is true",
        ["partyBuildingConfirmation"] = "told where it is true",
        ["commitmentLetters"] = "the papers of commitmentLetterRequired",
        ["offCampusTrainingCommitment"] = "the letter that a pre-approval type asks for",
        ["financeCommitment"] = "the letter that a pre-approval type asks for",
        ["footerNumber"] = "told after the approval, with the line to copy",
        ["letterMaxAge"] = "the age of the papers",
        ["authorizationLetterWhenPrincipalNotLegalPerson"] = "the letters of principalRule",
        ["individualResidenceProofRequired"] = "acceptedResidenceProofs tells where it is true",
        ["smsVerificationRequired"] = "smsVerificationHours tells where it is true",
        ["smsVerification"] = "for provinces without hours of their own",
        ["dateRules"] = "for provinces without months of their own",
    };

    [Fact]
    public void Always_InEveryShape_IsWhatAFilledInFilingLacks()
    {
        foreach (var shape in AnOutlook.Shapes())
        {
            var filing = AnOutlook.FilledIn(shape);
            var due = Requirements.Of(filing, AnOutlook.Context(shape)).Due.Where(f => f.MaterialKind is not null).Select(f => (f.MaterialKind, f.SiteId is not null)).Distinct().Order();

            var told = AnOutlook.Of(shape.Province, shape.Nature, shape.Kind).Papers.Where(p => p.Required == "always").Select(p => ((string?)p.Row.Id, p.Owner == "site")).Order();

            Assert.True(due.SequenceEqual(told), $"{shape}: due {string.Join(' ', due)}, told {string.Join(' ', told)}");
        }
    }

    /// <summary>
    /// Whatever a filing is asked for was told beforehand, with the rule that asks: words in every field, young, old and foreign people, delegates, many
    /// sites. Only the permission itself is asked for by each type of pre-approval and told once.
    /// </summary>
    [Fact]
    public void Papers_AskedOfStrangeFilings_WereAllTold()
    {
        var untold = new HashSet<string>(StringComparer.Ordinal);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var shape in AnOutlook.Shapes(AForm.Company, Filing.NatureIndividual))
        {
            var papers = AnOutlook.Of(shape.Province, shape.Nature, shape.Kind).Papers;
            var kinds = papers.Select(p => p.Row.Id).ToHashSet(StringComparer.Ordinal);
            var rules = papers.SelectMany(p => p.Reasons.Select(r => (p.Row.Id, r.Rule.Id))).ToHashSet();
            foreach (var finding in Strange.Of(shape).SelectMany(f => Asked(f, shape)))
            {
                var named = finding.Alternatives.Append(finding.MaterialKind).Append(finding.AlternativeMaterial).OfType<string>().ToArray();
                asked.UnionWith(named);
                untold.UnionWith(named.Where(k => !kinds.Contains(k)).Select(k => $"{shape} is asked for {k}"));
                if (finding.MaterialKind is { } kind && kind != PreApprovalRules.Document && !rules.Contains((kind, finding.RuleId!)))
                {
                    untold.Add($"{shape} is asked for {kind} by {finding.RuleId}");
                }
            }
        }

        Assert.True(asked.Count > 40, $"Only {asked.Count} kinds were asked for: {string.Join(' ', asked)}");
        TheAssembly.AssertNone(untold);
    }

    [Fact]
    public void Rules_InForce_AreAllToldToSomebody()
    {
        var told = AnOutlook.Shapes().SelectMany(s => RulesIn(AnOutlook.Of(s.Province, s.Nature, s.Kind))).ToHashSet(StringComparer.Ordinal);
        var rows = TheBook.Rules.Rows.Where(r => !Untold.ContainsKey(r.Key)).Select(r => r.Id);

        TheAssembly.AssertNone(rows.Where(id => !told.Contains(id)).Order(StringComparer.Ordinal));
        TheAssembly.AssertNone(TheBook.Rules.Names.Select(n => n.Ref.Id).Where(id => !told.Contains(id)));
        Assert.All(Untold.Keys, key => Assert.Contains(TheBook.Rules.Rows, r => r.Key == key));
    }

    [Fact]
    public void Fields_OfAFirstFiling_StandInTheOrderOfTheJourney()
    {
        var outlook = AnOutlook.Of("330000");

        Assert.Equal(["verification", "subject", "subjectPrincipal", "site", "sitePrincipal", "faceCheck"], outlook.Fields.Select(f => f.Row.Step).Distinct());
        Assert.DoesNotContain(outlook.Fields, f => f.Prefilled || f.Row.Id == "subject");
        Assert.All(outlook.Fields, f => Assert.Contains(f.Required, new[] { "always", "conditional", "optional" }));
    }

    [Theory]
    [InlineData("110000", 4, "subjectPrincipal.emergencyPhone", "always")]
    [InlineData("330000", 4, "subjectPrincipal.emergencyPhone", "optional")]
    [InlineData("440000", 4, "subjectPrincipal.emergencyPhone", "conditional")]
    [InlineData("420000", 5, "subjectPrincipal.emergencyPhone", "conditional")]
    [InlineData("110000", 5, "site.remark", "always")]
    [InlineData("110000", 4, "site.remark", "conditional")]
    [InlineData("330000", 4, "subject.investor", "always")]
    [InlineData("330000", 5, "subject.investor", "optional")]
    public void Required_OfAField_FollowsTheRulesOfTheProvince(string province, int nature, string field, string required) =>
        Assert.Equal(required, AnOutlook.Of(province, nature).Fields.Single(f => f.Row.Id == field).Required);

    [Fact]
    public void Fields_OfAnAddedSite_ComeAlongWithTheSubject()
    {
        var outlook = AnOutlook.Of("330000", AForm.Company, FilingKind.AddSite);

        Assert.Equal(["verification", "verification.domain", "verification.resource", "account.realName", "subject"], outlook.Fields.Where(f => !f.Prefilled).TakeWhile(f => f.Row.Step != "site").Select(f => f.Row.Id));
        Assert.Equal("always", outlook.Fields.Single(f => f.Row.Id == "subject").Required);
    }

    [Fact]
    public void People_OfAnIndividual_AreOne()
    {
        var person = Assert.Single(AnOutlook.Of("410000", Filing.NatureIndividual).People);

        Assert.Equal(("subjectPrincipal", null, true, true), (person.Role, person.MustBeLegalRepresentative, person.FaceCheck, person.Sms));
        Assert.Equal((18, 0), (person.MinAge, person.MinAgeWithPapers));
    }

    [Theory]
    [InlineData("310000", 4, "always", "legalPersonOnly")]
    [InlineData("320000", 4, "never", "delegateWithLetter")]
    [InlineData("110000", 4, "never", "delegateWithoutLetter")]
    [InlineData("440000", 4, "conditional", "delegateWithLetter legalPersonOnly")]
    [InlineData("440000", 2, "never", "delegateWithoutLetter")]
    [InlineData("510000", 4, "conditional", "legalPersonOnly delegateWithLetter")]
    [InlineData("510000", 3, "never", "delegateWithoutLetter")]
    public void Delegation_OfTheSubjectPrincipal_FollowsNatureAndProvince(string province, int nature, string must, string answers)
    {
        var principal = AnOutlook.Of(province, nature).People[0];

        Assert.Equal(must, principal.MustBeLegalRepresentative);
        Assert.Equal(answers, string.Join(' ', principal.Delegations.Select(d => d.Answer)));
        Assert.All(principal.Delegations, d => Assert.Equal(d.Answer == "delegateWithLetter", d.Letters.Count > 0));
    }

    [Fact]
    public void Limits_OfShanghaiAndBeijing_AreTheirs()
    {
        var (shanghai, beijing, person) = (AnOutlook.Of("310000").Limits, AnOutlook.Of("110000").Limits, AnOutlook.Of("420000", Filing.NatureIndividual).Limits);

        Assert.Equal((3, 12, 3), (shanghai.CertificateMonthsOfPerson, shanghai.CertificateMonthsOfSubject, shanghai.DomainMonths));
        Assert.Equal(("beijing", 10), (beijing.Suffixes.List, beijing.SitesPerFiling));
        Assert.Equal((1, 5, false, "self"), (person.SitesPerFiling, person.SitesInTotal, person.SitesInTotalBinding, person.Holder));
        Assert.Equal(["gov.cn", "政务"], AnOutlook.Of("330000", 2).Limits.Suffixes.Only);
        Assert.Contains("gov.cn", shanghai.Suffixes.Denied);
        Assert.Equal(["org"], AnOutlook.Of("500000", Filing.NatureIndividual).Limits.Suffixes.Denied.Take(1));
    }

    [Fact]
    public void Waiting_OfAnIndividual_BeginsWithTheAccount()
    {
        var outlook = AnOutlook.Of("440000", Filing.NatureIndividual);

        Assert.Equal(["accountRealName", "domainRealName", "providerReview", "handOver", "sms", "authority"], outlook.Waiting.Select(w => w.Gate));
        Assert.Equal([24, 3, 2, 24, 24, 20], outlook.Waiting.Select(w => w.Max));
        Assert.Equal((7, 9), (outlook.Estimate!.MinDays, outlook.Estimate.MaxDays));
        Assert.DoesNotContain(AnOutlook.Of("440000").Waiting, w => w.Gate == "accountRealName");
    }

    [Fact]
    public void Policy_WithoutRealNames_LeavesThemOut()
    {
        var book = new OutlookBook(TheBook.Shipped, TheLetters.Shipped, new OutlookPolicy(false, _ => false, _ => false));

        var outlook = book.Of(new FilingShape("440000", Filing.NatureIndividual, FilingKind.FirstFiling), TheBook.Rules, AnOutlook.Day);

        Assert.DoesNotContain(outlook.Waiting, w => w.Gate == "accountRealName");
        Assert.DoesNotContain(outlook.Fields, f => f.Row.Id == "account.realName");
        Assert.False(outlook.People[0].FaceCheck);
        Assert.Equal("provider", outlook.Notes[0].About);
    }

    /// <summary>A later edition is told with its day: what it changes, what it drops, and nothing else.</summary>
    [Fact]
    public void Upcoming_OfALaterEdition_IsWhatItChanges()
    {
        var pack = TheBook.Rules.Rows.First(r => r.Pack.Id == "330000").Pack;
        var from = AnOutlook.Day.AddDays(40);
        var later = pack with { Version = "later", From = from };
        var kept = TheBook.Rules.Rows.Where(r => r.Pack == pack).Select(r => r with { Pack = later, From = from }).ToList();
        kept.RemoveAll(r => r.Key == "domainMinRemainingMonths");
        kept[kept.FindIndex(r => r.Key == "certificateMinRemainingMonths")] = kept.Single(r => r.Key == "certificateMinRemainingMonths") with { Value = new RemainingMonths(3, 7) };
        kept.Add(kept[0] with { Key = RuleKeys.Demand, Name = "plan", Value = new Demand(new DemandCondition(), "constructionPlan") });
        var rows = TheBook.Rules.Rows.Select(r => r.Pack == pack ? r with { To = from.AddDays(-1) } : r).Concat(kept).ToArray();
        var rules = new RuleBook(rows, TheBook.Rules.Names, AnOutlook.Provinces, []);

        var outlook = AnOutlook.Book.Of(new FilingShape("330000", AForm.Company, FilingKind.FirstFiling), rules, AnOutlook.Day);

        Assert.All(outlook.Upcoming, u => Assert.Equal(from, u.From));
        Assert.Equal(
            [("constructionPlan", false), ("site.domain", true), ("subject.certificateValidTo", false), ("verification.domain", true)],
            outlook.Upcoming.Select(u => (u.About, u.Ends)).Order());
        Assert.Equal("330000@later", outlook.Upcoming.First(u => u.About == "constructionPlan").Statement.Rule.PackVersion);
        Assert.Empty(AnOutlook.Of("330000").Upcoming);
    }

    private static IEnumerable<Finding> Asked(Filing filing, FilingShape shape)
    {
        var set = Requirements.Of(filing, AnOutlook.Context(shape) with { Filed = new FiledFacts(shape.Kind == FilingKind.AddSite ? 40 : 0, []) });
        return set.Due.Concat(set.Warnings);
    }

    private static IEnumerable<string> RulesIn(FilingOutlook outlook) =>
    [
        .. outlook.Fields.SelectMany(f => f.Rules).Select(r => r.Rule.Id),
        .. outlook.Papers.SelectMany(p => p.Reasons).Select(r => r.Rule.Id),
        .. outlook.Limits.Rules.Select(r => r.Rule.Id),
        .. outlook.Waiting.Select(w => w.Rule?.Id).OfType<string>(),
        .. outlook.Notes.Select(n => n.Rule?.Id).OfType<string>(),
        .. outlook.Estimate is { } e ? [e.Rule.Id] : Array.Empty<string>(),
    ];
}
