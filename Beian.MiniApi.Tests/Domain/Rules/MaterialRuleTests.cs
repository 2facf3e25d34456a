using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Rules;

public sealed class MaterialRuleTests
{
    private static readonly DueMaterial[] IdCard = [new("idCard", "front", null, 1), new("idCard", "back", null, 1)];

    private static readonly DueMaterial Licence = new("subjectCertificate", null, null, 1);

    [Fact]
    public void DueOf_AnOrganisation_IsItsCertificateAndThePrincipalsCard() => Assert.Equal([Licence, .. IdCard], Due(AFiling.Complete()));

    [Fact]
    public void DueOf_AnIndividualFromElsewhere_IsTheCardAndTheProofOfResidence() =>
        Assert.Equal([new DueMaterial("residencePermit", "front", null, 1), .. IdCard], Due(AFiling.Complete(Shape.Person)));

    [Fact]
    public void DueOf_AnAddedSite_IsTheSameAsOfAFirstFiling() => Assert.Equal([Licence, .. IdCard], Due(AFiling.Complete(Shape.Added)));

    [Fact]
    public void DueOf_AProvinceWithRowsOfItsOwn_AddsThemForEverySite()
    {
        var rows = TheBook.Shipped.Tables.Materials.Where(m => m is { Required: "always", Provinces: { } only } && only.Contains("320000")).Select(m => m.Id).ToArray();
        var filing = AFiling.Complete(new Shape(Province: "320000"));
        var two = filing.AddSite(AForm.Further(), filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        var own = Due(two).Except([Licence, .. IdCard]).ToArray();

        Assert.NotEmpty(rows);
        Assert.Equal(rows.SelectMany(r => new[] { (r, AForm.SiteId), (r, "site-b") }), own.Select(d => (d.Kind, d.SiteId!)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DueOf_BeforeNatureOrProvinceAreKnown_IsNothing(bool natureKnown)
    {
        var draft = AFiling.Draft();
        var typed = natureKnown ? AForm.Typed(Shape.Organisation) with { Region = null } : AForm.Typed(Shape.Organisation) with { SubjectNature = null };

        Assert.Empty(Due(draft.PutVerification(typed, null, "site-x", draft.Open(), AFiling.Applicant, AFiling.Noon).Value));
    }

    [Fact]
    public void DueOf_APrincipalWithAnotherPaper_IsItsFront()
    {
        var filing = AFiling.Complete();
        filing = filing.PutSubjectPrincipal(AForm.Principal with { CertificateType = 7, CertificateNumber = "E00000000" }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Equal([Licence, new DueMaterial("otherPersonalId", "front", null, 1)], Due(filing));
    }

    [Fact]
    public void DueOf_ASitePrincipalWhoIsSomebodyElse_IsTheirCardToo()
    {
        var two = AFiling.Complete(Shape.TwoPeople);
        var typedAgain = two.PutSitePrincipal(AForm.SiteId, false, AForm.Principal, two.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Equal([Licence, .. IdCard, new("idCard", "front", AForm.SiteId, 1), new("idCard", "back", AForm.SiteId, 1)], Due(two));
        Assert.Equal([Licence, .. IdCard], Due(typedAgain));
    }

    [Theory]
    [InlineData("domain.holder", UnknownReason.NotDisclosed, true)]
    [InlineData("domain.realName", UnknownReason.NotDisclosed, true)]
    [InlineData("domain.registrar", UnknownReason.NotDisclosed, true)]
    [InlineData("domain.holder", UnknownReason.Unavailable, false)]
    [InlineData("domain.expiry", UnknownReason.NotDisclosed, false)]
    public void DueOf_ADomainWhoseOwnerIsNotPublished_IsAScreenshot(string check, UnknownReason reason, bool due)
    {
        var draft = AFiling.Draft();
        var checks = AForm.Passed() with { Results = [CheckResult.Unknown(check, reason, null, AFiling.Noon)] };
        var filing = draft.PutVerification(AForm.Typed(Shape.Organisation), AForm.Outcome(checks), AForm.SiteId, draft.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Equal(due, Due(filing).Contains(new DueMaterial("domainRealNameScreenshot", null, AForm.SiteId, 1)));
    }

    [Fact]
    public void Judge_APaperThatIsMissing_NamesKindPartAndOwner()
    {
        var filing = AFiling.Complete(Shape.TwoPeople);
        var back = filing.Snapshot.Materials.Single(m => m is { Part: "back", SiteId: AForm.SiteId });
        var without = filing.RemoveMaterial(back.Id, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        var due = Assert.Single(Requirements.Of(without, AForm.Context()).Due);

        Assert.Equal(("/materials", "material.missing", "idCard", "back", AForm.SiteId), (due.Pointer, due.Code, due.MaterialKind, due.MaterialPart, due.SiteId));
        Assert.Equal(TheBook.Shipped.FindMaterial("idCard")!.NameCode, due.Args["material"]);
    }

    [Theory]
    [InlineData("idCard", 1)]
    [InlineData("subjectCertificate", 1)]
    public void MaxCountPerPart_OfAKind_SharesItsCountAmongTheParts(string kind, int count) =>
        Assert.Equal(count, MaterialRules.MaxCountPerPart(TheBook.Shipped.FindMaterial(kind)!));

    private static DueMaterial[] Due(Filing filing) =>
        [.. Requirements.Of(Filing.Restore(filing.Snapshot with { Materials = [] }), AForm.Context()).Due.Where(f => f.MaterialKind is not null).Select(f => new DueMaterial(f.MaterialKind!, f.MaterialPart, f.SiteId, 1))];
}
