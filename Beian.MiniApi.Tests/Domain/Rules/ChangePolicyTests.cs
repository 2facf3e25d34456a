using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Rules;

public sealed class ChangePolicyTests
{
    [Theory]
    [InlineData("310000", SubjectChange.Rename, ChangeVerdict.Conditional, "businessNameChangeLetter", "310000.renameLetterRequired")]
    [InlineData("440000", SubjectChange.Rename, ChangeVerdict.Accepted, null, null)]
    [InlineData("420000", SubjectChange.OtherOrganisation, ChangeVerdict.Refused, null, "420000.changeRules")]
    [InlineData("320000", SubjectChange.OtherOrganisation, ChangeVerdict.Conditional, "industrialRelationProof", "320000.changeRules")]
    [InlineData("120000", SubjectChange.ToOrganisation, ChangeVerdict.Conditional, "domainCertificate", "120000.changeRules")]
    [InlineData("230000", SubjectChange.ToIndividual, ChangeVerdict.Conditional, null, "230000.changeRules")]
    [InlineData("110000", SubjectChange.OtherIndividual, ChangeVerdict.Refused, null, "110000.changeRules")]
    [InlineData("640000", SubjectChange.OtherOrganisation, ChangeVerdict.Unknown, null, null)]
    public void Of_AChange_IsAnsweredByTheProvince(string province, SubjectChange change, ChangeVerdict verdict, string? material, string? rule)
    {
        var answer = ChangePolicy.Of(TheBook.Rules.For(province, new DateOnly(2026, 11, 21)), change);

        Assert.Equal((verdict, material, rule), (answer.Verdict, answer.Material, answer.Rule?.Id));
    }

    [Fact]
    public void Confirm_AChangedSubject_IsToldWhatItsProvinceAccepts()
    {
        var draft = AFiling.Draft(Shape.Added);
        var texts = TextCatalogue.Load(Path.Combine(TheBook.Folder, "texts"));

        var refusal = draft.ConfirmSubject(false, TheBook.Rules.For("420000", new DateOnly(2026, 11, 21)), AFiling.Applicant, AFiling.Noon).Error!;

        Assert.Contains("须附工商更名函。该省只接受更名，不接受换成另一单位。", texts.Find(refusal.Code, false, refusal.Args).Detail, StringComparison.Ordinal);
        Assert.Contains("a new name only, no other organisation. Change filings", texts.Find(refusal.Code, true, refusal.Args).Detail, StringComparison.Ordinal);
    }
}
