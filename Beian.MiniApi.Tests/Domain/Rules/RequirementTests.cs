using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Rules;

public sealed class RequirementTests
{
    public static TheoryData<bool, bool, bool, string> Shapes() => new()
    {
        { false, false, false, "330000" }, { true, false, false, "330000" }, { false, true, false, "330000" }, { false, false, true, "330000" }, { false, false, false, "320000" }, { true, false, false, "320000" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Judge_ACompleteFiling_FindsNothing(bool individual, bool addSite, bool twoPeople, string province)
    {
        var shape = new Shape(individual, addSite, twoPeople, province);

        var set = Requirements.Of(AFiling.Complete(shape), AForm.Context(shape));

        Assert.Empty(set.Open);
        Assert.Empty(set.Warnings);
        Assert.Empty(set.Upcoming);
        Assert.True(set.IsComplete);
    }

    [Fact]
    public void Judge_AnEmptyDraft_NamesEveryFieldOfTheVerification() => Assert.Equal(
        [
            "/verification/region/province", "/verification/region/city", "/verification/region/district", "/verification/subjectNature",
            "/verification/certificateType", "/verification/certificateNumber", "/verification/domain", "/verification/resource",
        ],
        Requirements.Of(AFiling.Draft(), AForm.Context()).Due.Where(f => f.Step == "verification").Select(f => f.Pointer));

    [Fact]
    public void Judge_AVerificationWithoutItsChecks_AsksForThem()
    {
        var draft = AFiling.Draft();
        var typed = draft.PutVerification(AForm.Typed(Shape.Organisation), null, "site-x", draft.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Contains(Requirements.Of(typed, AForm.Context()).Due, f => f is { Pointer: "/verification", Code: "verification.notRun" });
    }

    [Fact]
    public void Judge_WhatTheChecksFound_FailuresAreDueAndTheRestIsSaid()
    {
        CheckResult[] results =
        [
            CheckResult.Failed("domain.expiry", "domain.expired", null, AFiling.Noon), CheckResult.Failed(CheckNames.Resource, "resource.notPrepaid", null, AFiling.Noon),
            CheckResult.Unknown("domain.holder", UnknownReason.NotDisclosed, null, AFiling.Noon), CheckResult.Unknown("domain.realName", UnknownReason.Unavailable, null, AFiling.Noon),
            CheckResult.Warned("domain.registrar", "domain.expiringSoon", null, AFiling.Noon), CheckResult.Passed(CheckNames.DomainName, null, AFiling.Noon),
        ];
        var outcome = new VerificationOutcome(
            [CheckResult.Failed(CheckNames.Region, "region.notSupported", null, AFiling.Noon), CheckResult.Failed(CheckNames.Nature, "subject.nature.unknown", null, AFiling.Noon), CheckResult.Failed(CheckNames.CertificateType, "certificate.type.unknown", null, AFiling.Noon), CheckResult.Failed(CheckNames.SubjectConflict, "subject.filedElsewhere", null, AFiling.Noon)],
            AForm.Passed() with { Results = results, Notes = [new Finding("/domain", "domain.wwwStripped")] },
            "subject-key");
        var draft = AFiling.Draft();
        var failed = draft.PutVerification(AForm.Typed(Shape.Organisation), outcome, "site-x", draft.Open(), AFiling.Applicant, AFiling.Noon).Value;

        var set = Requirements.Of(failed, AForm.Context());

        Assert.Equal(
            [
                ("/verification/region", "region.notSupported"), ("/verification/subjectNature", "subject.nature.unknown"), ("/verification/certificateType", "certificate.type.unknown"),
                ("/verification/certificateNumber", "subject.filedElsewhere"), ("/verification/domain", "domain.expired"), ("/verification/resource", "resource.notPrepaid"),
            ],
            set.Due.Where(f => f.Check is not null).Select(f => (f.Pointer, f.Code)));
        Assert.Equal(["check.notDisclosed", "check.unavailable", "domain.expiringSoon", "domain.wwwStripped"], set.Warnings.Select(f => f.Code));
        Assert.All(set.Warnings, f => Assert.Equal(Severity.Warning, f.Severity));
    }

    [Fact]
    public void Judge_AnEmptySubject_AsksAnOrganisationForMoreThanAPerson()
    {
        string[] both = ["/subject/name", "/subject/certificateAddress", "/subject/mailingAddress"];

        Assert.Equal([.. both, "/subject/investor", "/subject/legalRepresentative/name"], DueOf(AFiling.Verified(), "subject"));
        Assert.Equal(both, DueOf(AFiling.Verified(Shape.Person), "subject", Shape.Person));
    }

    [Fact]
    public void Judge_AnEmptyPrincipal_NamesEveryFieldThatIsNeeded() => Assert.Equal(
        [
            "/subject/principal/name", "/subject/principal/certificateType", "/subject/principal/certificateNumber", "/subject/principal/validFrom",
            "/subject/principal/validTo", "/subject/principal/mobile", "/subject/principal/email",
        ],
        DueOf(AFiling.Verified(), "subjectPrincipal"));

    public static TheoryData<string> WrongFields() => [.. Wrong.Keys];

    private static readonly Dictionary<string, (Person Person, string Pointer, string Code)> Wrong = new()
    {
        ["check digit"] = (AForm.Principal with { CertificateNumber = "110105199001010003" }, "/certificateNumber", "certificate.checkDigit"),
        ["length"] = (AForm.Principal with { CertificateNumber = "1101051990010100" }, "/certificateNumber", "certificate.numberFormat"),
        ["a company's paper"] = (AForm.Principal with { CertificateType = 1 }, "/certificateType", "person.certificateType.notForPersons"),
        ["no such paper"] = (AForm.Principal with { CertificateType = 9999 }, "/certificateType", "person.certificateType.notForPersons"),
        ["mobile"] = (AForm.Principal with { Mobile = "12800000000" }, "/mobile", "person.mobile.format"),
        ["phone2"] = (AForm.Principal with { Phone2 = "1" }, "/phone2", "person.phone2.format"),
        ["emergency"] = (AForm.Principal with { EmergencyPhone = "80000000" }, "/emergencyPhone", "person.emergencyPhone.format"),
        ["landline"] = (AForm.Principal with { Landline = "13800000000" }, "/landline", "person.landline.format"),
        ["e-mail"] = (AForm.Principal with { Email = "a@@example.com" }, "/email", "person.email.format"),
        ["no date"] = (AForm.Principal with { ValidFrom = "2020-02-30" }, "/validFrom", "person.validFrom.format"),
        ["from tomorrow"] = (AForm.Principal with { ValidFrom = "2026-11-22" }, "/validFrom", "person.validFrom.format"),
        ["no end date"] = (AForm.Principal with { ValidTo = "forever" }, "/validTo", "person.validTo.format"),
        ["ends before it begins"] = (AForm.Principal with { ValidTo = "2020-01-01" }, "/validTo", "person.validTo.format"),
        ["ends in less than three months"] = (AForm.Principal with { ValidTo = "2027-02-20" }, "/validTo", "person.validTo.tooShort"),
        ["ended yesterday"] = (AForm.Principal with { ValidTo = "2026-11-20" }, "/validTo", "person.validTo.expired"),
    };

    [Theory]
    [MemberData(nameof(WrongFields))]
    public void Judge_APrincipalWithAWrongField_NamesItAlone(string wrong)
    {
        var (person, pointer, code) = Wrong[wrong];

        var own = Requirements.Of(WithPrincipal(person), AForm.Context()).Due.Where(f => f.Step == "subjectPrincipal");
        var site = AFiling.Complete(Shape.TwoPeople);
        var somebodyElse = person with { Mobile = person.Mobile == AForm.Principal.Mobile ? "13900000000" : person.Mobile, Email = person.Email == AForm.Principal.Email ? "b@example.com" : person.Email };
        site = site.PutSitePrincipal(AForm.SiteId, false, somebodyElse, site.Open(), AFiling.Applicant, AFiling.Noon).Value;
        var ofSite = Requirements.Of(site, AForm.Context()).Due.Where(f => f.Step == "sitePrincipal");

        Assert.Equal([("/subject/principal" + pointer, code)], own.Select(f => (f.Pointer, f.Code)));
        Assert.Equal([("/sites/0/principal" + pointer, code, AForm.SiteId)], ofSite.Select(f => (f.Pointer, f.Code, f.SiteId)));
    }

    [Theory]
    [InlineData("longTerm")]
    [InlineData("2027-02-21")]
    public void Judge_APaperGoodForThreeMonthsOrForever_IsGood(string validTo) => Assert.Empty(DueOf(WithPrincipal(AForm.Principal with { ValidTo = validTo }), "subjectPrincipal"));

    [Fact]
    public void Judge_APrincipalWithEveryKindOfPhone_IsGood() => Assert.Empty(DueOf(
        WithPrincipal(AForm.Principal with { Phone2 = "0571-80000000", Landline = "0571-80000000", EmergencyPhone = "0571-80000001" }), "subjectPrincipal"));

    [Theory]
    [InlineData("测试甲", null, null, 0)]
    [InlineData("测试丙", null, null, 2)]
    [InlineData("测试丙", 2, "11010519491231002X", 0)]
    [InlineData("测试甲", 2, "110105194912310021", 1)]
    public void Judge_ALegalRepresentative_AsksForTheNumberOfSomebodyElseOnly(string name, int? type, string? number, int due)
    {
        var filing = AFiling.Complete();
        filing = filing.PutSubject(AForm.Company1 with { LegalRepresentative = new LegalRepresentative(name, type, number) }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Equal(due, DueOf(filing, "subject").Count);
    }

    [Fact]
    public void Judge_AnEmptyFurtherSite_NamesWhatIsMissing()
    {
        var filing = AFiling.Complete();
        var two = filing.AddSite(new Site { Id = "site-b", Kind = "app" }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Equal(
            ["/sites/1/name", "/sites/1/kind", "/sites/1/domain", "/sites/1/resource", "/sites/1/serviceContents", "/sites/1/preApprovals"],
            DueOf(two, "site"));
    }

    [Fact]
    public void Judge_AFurtherSite_ReportsItsOwnChecks()
    {
        CheckResult[] results = [CheckResult.Failed("domain.expiry", "domain.expired", null, AFiling.Noon), CheckResult.Failed(CheckNames.Resource, "resource.notPrepaid", null, AFiling.Noon)];
        var filing = AFiling.Complete();
        var failing = filing.AddSite(AForm.Further() with { Checks = new DomainChecks { Results = results, Notes = [new Finding("/domain", "domain.wwwStripped")] } }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;
        var unchecked_ = filing.AddSite(AForm.Further() with { Checks = DomainChecks.None }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        var set = Requirements.Of(failing, AForm.Context());

        Assert.Equal([("/sites/1/domain", "domain.expired"), ("/sites/1/resource", "resource.notPrepaid")], set.Due.Where(f => f.Step == "site").Select(f => (f.Pointer, f.Code)));
        Assert.Contains(set.Warnings, f => f is { Pointer: "/sites/1/domain", Code: "domain.wwwStripped" });
        Assert.Contains(Requirements.Of(unchecked_, AForm.Context()).Due, f => f is { Pointer: "/sites/1/domain", Code: "site.domain.unchecked" });
    }

    [Fact]
    public void Judge_ASiteWithCodesThatAreNot_NamesEachItem()
    {
        var filing = AFiling.Complete();
        var site = AForm.SiteOf(filing, Shape.Organisation) with { ServiceContents = [1, 9999], Languages = [9999], PreApprovals = [new PreApproval("no-such", null), new PreApproval("news", " ")] };
        filing = filing.PutSite(site, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Equal(["/sites/0/serviceContents/1", "/sites/0/languages/0", "/sites/0/preApprovals/0/type", "/sites/0/preApprovals/1/number"], DueOf(filing, "site"));
    }

    [Fact]
    public void DuePaths_OfFieldsPapersAndFaceChecks_AreTheFieldsThatMustChange()
    {
        RequirementSet set = new(
            [
                new Finding("/sites/0/languages/0", "x"), new Finding("/materials", "material.missing") { MaterialKind = "idCard", MaterialPart = "front" },
                new Finding("/sites/0/faceCheck", "x") { Step = "faceCheck", SiteId = AForm.SiteId }, new Finding("/subject", "subject.notConfirmed"),
            ],
            [], [], []);

        Assert.Equal(
            ["/sites/site-a/languages", "/materials/idCard/front/", "/materials/handheldIdAndLicence//site-a", "/materials/handheldIdAndLicence//"],
            set.DuePaths(AFiling.Complete().Snapshot));
    }

    private static Filing WithPrincipal(Person person)
    {
        var filing = AFiling.Complete();
        return filing.PutSubjectPrincipal(person, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;
    }

    private static List<string> DueOf(Filing filing, string step, Shape? shape = null) =>
        [.. Requirements.Of(filing, AForm.Context(shape)).Due.Where(f => f.Step == step).Select(f => f.Pointer)];
}
