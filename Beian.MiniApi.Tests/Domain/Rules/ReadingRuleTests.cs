using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Rules;

/// <summary>What was typed against what was read.</summary>
public sealed class ReadingRuleTests
{
    private static readonly Reading Card = new(ReadingStatus.Recognised, null, AFiling.Noon) { Side = Reading.Front, Name = "测试甲", Number = "110105199001010002", Address = "测试市测试路1号" };

    [Fact]
    public void Judge_ReadAsTyped_SaysNothing()
    {
        Assert.Empty(Said(With("idCard", "front", null, Card)));
        Assert.Empty(Said(With("idCard", "back", null, new Reading(ReadingStatus.Recognised, null, AFiling.Noon) { Side = Reading.Back, ValidFrom = "2020-01-01", ValidTo = "2040-01-01" })));
    }

    [Theory]
    [InlineData(" 测 试 甲 ", "110105199001010002")]
    [InlineData("测试甲", "１１０１０５１９９００１０１０００２")]
    public void Judge_OtherCharactersForTheSame_SaysNothing(string name, string number) => Assert.Empty(Said(With("idCard", "front", null, Card with { Name = name, Number = number })));

    [Fact]
    public void Judge_NumberWithSmallX_IsTheSame()
    {
        var filing = AFiling.Complete(Shape.TwoPeople);

        Assert.Empty(Said(With(filing, "idCard", "front", AForm.SiteId, Card with { Name = "测试乙", Number = "11010519491231002x", Address = null })));
    }

    [Fact]
    public void Judge_ReadOtherwise_PointsAtWhatWasTyped()
    {
        Assert.Equal(
            [("/subject/principal/name", "ocr.nameDiffers", "subjectPrincipal"), ("/subject/principal/certificateNumber", "ocr.numberDiffers", "subjectPrincipal")],
            Said(With("idCard", "front", null, Card with { Name = "测试丙", Number = "110105199001010003" })));
        Assert.Equal(
            [("/subject/principal/validFrom", "ocr.validityDiffers", "subjectPrincipal"), ("/subject/principal/validTo", "ocr.validityDiffers", "subjectPrincipal")],
            Said(With("idCard", "back", null, new Reading(ReadingStatus.Recognised, null, AFiling.Noon) { Side = Reading.Back, ValidFrom = "2020-01-02", ValidTo = Person.LongTerm })));
    }

    [Fact]
    public void Judge_PaperOfASitesOwnPrincipal_IsComparedWithThem()
    {
        Assert.Equal(
            [("/sites/0/principal/name", "ocr.nameDiffers", "sitePrincipal"), ("/sites/0/principal/certificateNumber", "ocr.numberDiffers", "sitePrincipal")],
            Said(With(AFiling.Complete(Shape.TwoPeople), "idCard", "front", AForm.SiteId, Card)));
    }

    [Fact]
    public void Judge_PaperOfASiteWithTheSubjectsPrincipal_IsComparedWithThem()
    {
        Assert.Empty(Said(With("idCard", "front", AForm.SiteId, Card)));
        Assert.Equal([("/subject/principal/name", "ocr.nameDiffers", "subjectPrincipal")], Said(With("idCard", "front", AForm.SiteId, Card with { Name = "测试丙" })));
    }

    [Fact]
    public void Judge_Licence_IsComparedWithTheSubject()
    {
        var licence = new Reading(ReadingStatus.Recognised, null, AFiling.Noon)
        {
            Name = "测试甲（杭州）有限公司",
            Number = "91330000MA0000008T",
            LegalRepresentative = "测试乙",
            Address = "测试市测试路2号",
            ValidTo = Person.LongTerm,
        };

        Assert.Equal(
            [
                ("/subject/name", "ocr.nameDiffers", "subject"), ("/verification/certificateNumber", "ocr.numberDiffers", "verification"),
                ("/subject/legalRepresentative/name", "ocr.legalRepresentativeDiffers", "subject"), ("/subject/certificateAddress", "ocr.addressDiffers", "subject"),
            ],
            Said(With("subjectCertificate", null, null, licence)));
        Assert.Empty(Said(With("subjectCertificate", null, null, licence with { Name = "测试甲有限公司", Number = "91330000ma0000007w", LegalRepresentative = "测试甲", Address = "测试市 测试路1号" })));
    }

    [Fact]
    public void Judge_APersonWhoFiles_HasTheAddressOfTheCard()
    {
        Assert.Equal([("/subject/certificateAddress", "ocr.addressDiffers", "subject")], Said(With(AFiling.Complete(Shape.Person), "idCard", "front", null, Card with { Address = "测试市别处" })));
        Assert.Empty(Said(With("idCard", "front", null, Card with { Address = "测试市别处" })));
    }

    [Fact]
    public void Judge_TheOtherSide_IsSaidOfThePaper()
    {
        var filing = With("idCard", "back", null, Card);

        var said = Assert.Single(Said(filing));
        Assert.Equal("ocr.sideDiffers", said.Code);
        Assert.Equal("back", filing.Snapshot.Materials[int.Parse(said.Pointer["/materials/".Length..], System.Globalization.CultureInfo.InvariantCulture)].Part);
    }

    [Fact]
    public void Judge_NothingReadOrNothingTyped_SaysNothing()
    {
        Assert.Empty(Said(With("idCard", "front", null, Reading.Failed(new DomainError("ocr.quota", ErrorKind.Unavailable), AFiling.Noon))));
        Assert.Empty(Said(With(AFiling.Verified(), "idCard", "front", null, Card)));
        Assert.Empty(Said(With("idCard", "front", null, Card with { Name = null, Number = null })));
    }

    /// <summary>What is read goes with its paper.</summary>
    [Fact]
    public void Judge_PaperReplacedOrTakenAway_SaysNothingAnyMore()
    {
        var filing = With("idCard", "front", null, Card with { Name = "测试丙" });
        Assert.NotEmpty(Said(filing));

        Assert.Empty(Said(filing.RemoveMaterial("m-read", filing.Open(), AFiling.Applicant, AFiling.Noon).Value));
        Assert.Empty(Said(filing.AddMaterial(AForm.Paper("idCard", "front", null, "m-new"), 1, filing.Open(), AFiling.Applicant, AFiling.Noon).Value));
    }

    [Fact]
    public void Judge_Differences_NeverStopASubmission()
    {
        var set = Requirements.Of(With("idCard", "front", null, Card with { Name = "测试丙" }), AForm.Context());

        Assert.True(set.IsComplete);
        Assert.DoesNotContain(set.Warnings, w => w.Args.Values.Any(v => v.Contains("测试", StringComparison.Ordinal)));
    }

    [Fact]
    public void Reading_Printed_TellsNothing() => Assert.DoesNotContain("测试", $"{Card} {AForm.Paper("idCard", "front") with { Reading = Card }}", StringComparison.Ordinal);

    private static Filing With(string kind, string? part, string? siteId, Reading reading) => With(AFiling.Complete(), kind, part, siteId, reading);

    private static Filing With(Filing filing, string kind, string? part, string? siteId, Reading reading) =>
        filing.AddMaterial(AForm.Paper(kind, part, siteId, "m-read") with { Reading = reading }, 1, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

    private static IReadOnlyList<(string Pointer, string Code, string? Step)> Said(Filing filing) =>
        [.. Requirements.Of(filing, AForm.Context()).Warnings.Where(w => w.Code.StartsWith("ocr.", StringComparison.Ordinal)).Select(w => (w.Pointer, w.Code, w.Step))];
}
