using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Reference;

/// <summary>What sharing a contact means, province by province.</summary>
public sealed class ContactPolicyTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    [Fact]
    public void For_EveryProvince_BlocksWhereItsDataSaysSo()
    {
        var policies = TheBook.Shipped.Tables.Provinces.Select(p => (p.ShortName, Policy: ContactPolicy.For(TheBook.Shipped, TheBook.Rules.For(p.Code, Day), p.Code, false))).ToArray();

        Assert.Equal(["天津", "江西", "山东", "河南", "重庆", "云南", "新疆"], policies.Where(p => p.Policy.PhoneAcrossSubjects is not null).Select(p => p.ShortName));
        Assert.Equal(["天津", "江苏", "江西", "山东", "河南", "四川", "新疆"], policies.Where(p => p.Policy.NumberAcrossSubjects is not null).Select(p => p.ShortName));
        Assert.All(policies, p => Assert.True(p.Policy is { PhoneOfAnother: true, EmailOfAnother: true }));
    }

    [Fact]
    public void For_AnUnknownProvince_HasTheNationwideRulesOnly() =>
        Assert.Equal(new ContactPolicy(true, true, null, null), ContactPolicy.For(TheBook.Shipped, TheBook.Rules.For(null, Day), null, true));

    [Theory]
    [InlineData("all", null, Severity.Error, true)]
    [InlineData("all", null, Severity.Warning, false)]
    [InlineData("organization", null, Severity.Error, true)]
    [InlineData("individual", null, Severity.Error, false)]
    [InlineData("all", "120000", Severity.Error, true)]
    [InlineData("all", "330000", Severity.Error, false)]
    public void Blocks_OfAnOrganisationInTianjin_HoldsWhereTheRuleDoes(string appliesTo, string? province, Severity severity, bool expected) =>
        Assert.Equal(expected, new SharingRule(appliesTo, province is null ? null : [province], severity).Blocks("120000", individual: false));
}
