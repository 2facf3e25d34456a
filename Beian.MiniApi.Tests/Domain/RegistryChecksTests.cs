using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain;

/// <summary>What registration facts mean for a filing, without asking any registry.</summary>
public sealed class RegistryChecksTests
{
    private static readonly DateTimeOffset Now = AFiling.Noon;

    private static readonly RegistryFacts Good = new()
    {
        Outcome = RegistryOutcome.Found,
        ExpiresAt = Now.AddYears(1),
        RealName = RealNameStatus.Verified,
        RealNamedAt = Now.AddYears(-1),
        Source = "rdap",
        CheckedAt = Now,
        Evidence = "rdap: made up",
    };

    private static readonly RegistrySubject Company = new(AForm.Company, "测试甲有限公司", "91330000MA0000007W", "测试甲");

    private static readonly RegistrySubject Person = new(5, "测试甲", "110105199001010002", null);

    [Fact]
    public void Judge_ADomainNobodyRegistered_IsOneFailure()
    {
        var result = Assert.Single(Judge(RegistryFacts.NotRegistered("rdap", Now)));

        Assert.Equal((RegistryChecks.Registrar, CheckOutcome.Failed, "domain.notRegistered"), (result.Check, result.Outcome, result.Code));
    }

    [Fact]
    public void Judge_WhenNobodyAnswered_EverythingIsUnknownAndMayBeAskedAgain()
    {
        var results = Judge(RegistryFacts.Unavailable("rdap", "timeout", Now));

        Assert.Equal([RegistryChecks.Registrar, RegistryChecks.Expiry, RegistryChecks.RealName, RegistryChecks.Holder], results.Select(r => r.Check));
        Assert.All(results, r => Assert.Equal((CheckOutcome.Unknown, UnknownReason.Unavailable), (r.Outcome, r.Reason)));
    }

    [Theory]
    [InlineData(0, CheckOutcome.Failed, "domain.expired")]
    [InlineData(1, CheckOutcome.Passed, "domain.expiringSoon")]
    [InlineData(91, CheckOutcome.Passed, "domain.expiringSoon")]
    [InlineData(92, CheckOutcome.Passed, null)]
    public void Judge_TheExpiry_FailsAfterwardsAndWarnsShortlyBefore(int daysLeft, CheckOutcome outcome, string? code)
    {
        var result = One(Good with { ExpiresAt = Now.AddDays(daysLeft) }, RegistryChecks.Expiry);

        Assert.Equal((outcome, code), (result.Outcome, result.Code));
    }

    [Fact]
    public void Judge_WhatIsNotDisclosed_IsUnknown()
    {
        var results = Judge(Good with { ExpiresAt = null, RealName = RealNameStatus.NotDisclosed });

        Assert.All(results, r => Assert.Equal((CheckOutcome.Unknown, UnknownReason.NotDisclosed), (r.Outcome, r.Reason)));
    }

    [Theory]
    [InlineData(RealNameStatus.Missing, null, "domain.realNameMissing")]
    [InlineData(RealNameStatus.Verified, null, null)]
    [InlineData(RealNameStatus.Verified, 0, null)]
    [InlineData(RealNameStatus.Verified, 1, "domain.realNameTooRecent")]
    public void Judge_TheRealName_MustBeThereLongEnough(RealNameStatus status, int? hoursTooFresh, string? code)
    {
        var enough = Now.AddDays(-3);

        var result = One(Good with { RealName = status, RealNamedAt = hoursTooFresh is { } hours ? enough.AddHours(hours) : null }, RegistryChecks.RealName);

        Assert.Equal((code is null ? CheckOutcome.Passed : CheckOutcome.Failed, code), (result.Outcome, result.Code));
    }

    public static TheoryData<string> Holders() => [.. Held.Keys];

    private static readonly Dictionary<string, (DomainHolder? Holder, RegistrySubject Subject, CheckOutcome Outcome)> Held = new()
    {
        ["same company"] = (new("测试甲有限公司", 1, "91330000MA0000007W"), Company, CheckOutcome.Passed),
        ["same name in other letters"] = (new(" 测试甲 有限公司", null, null), Company, CheckOutcome.Passed),
        ["same number only"] = (new(null, 1, "91330000MA0000007W"), Company, CheckOutcome.Passed),
        ["organisation code inside the credit code"] = (new(null, 12, "MA000000-7"), Company, CheckOutcome.Passed),
        ["credit code around the organisation code"] = (new(null, 1, "91330000MA0000007W"), Company with { CertificateNumber = "MA0000007" }, CheckOutcome.Passed),
        ["legal representative"] = (new("测试甲", 2, "110105199001010002"), Company, CheckOutcome.Passed),
        ["another company"] = (new("测试乙有限公司", 1, null), Company, CheckOutcome.Failed),
        ["another number"] = (new("测试甲有限公司", 1, "91110000000000000E"), Company, CheckOutcome.Failed),
        ["somebody else"] = (new("测试乙", 2, null), Company, CheckOutcome.Failed),
        ["a person, representative not typed yet"] = (new("测试乙", 2, null), Company with { LegalRepresentative = null }, CheckOutcome.Unknown),
        ["perhaps a person, representative not typed yet"] = (new("测试乙", null, null), Company with { LegalRepresentative = null }, CheckOutcome.Unknown),
        ["perhaps a foreign person"] = (new("阿测试·乙乙乙", null, null), Company with { LegalRepresentative = null }, CheckOutcome.Unknown),
        ["surely a company"] = (new("测试乙有限公司", null, null), Company with { LegalRepresentative = null }, CheckOutcome.Failed),
        ["nothing withheld twice"] = (new(null, null, null), Company, CheckOutcome.Unknown),
        ["not disclosed"] = (null, Company, CheckOutcome.Unknown),
        ["the person"] = (new("测试甲", 2, null), Person, CheckOutcome.Passed),
        ["another person"] = (new("测试乙", 2, null), Person, CheckOutcome.Failed),
        ["nothing typed yet"] = (new("测试甲", 2, null), Person with { Name = null, CertificateNumber = null }, CheckOutcome.Unknown),
    };

    [Theory]
    [MemberData(nameof(Holders))]
    public void Judge_TheHolder_MustBeTheSubjectOrItsRepresentative(string holder)
    {
        var (who, subject, outcome) = Held[holder];

        var result = RegistryChecks.Judge(Good with { Holder = who }, subject, TheBook.Shipped, TheBook.Rules.For(null, DateOnly.FromDateTime(Now.Date)), Now).Single(r => r.Check == RegistryChecks.Holder);

        Assert.Equal((outcome, outcome == CheckOutcome.Failed ? "domain.holderMismatch" : null), (result.Outcome, result.Code));
        Assert.DoesNotContain("测试", result.Evidence!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Made Up Registrar", null, true)]
    [InlineData("ＭＡＤＥ　up registrar", null, true)]
    [InlineData("Made Up Co", null, true)]
    [InlineData("anything", "1", true)]
    [InlineData("Made Up Registrar", "2", false)]
    [InlineData("Made Up Registrar", "9", null)]
    [InlineData("Foreign Registrar", null, false)]
    [InlineData("Unheard Registrar", null, null)]
    [InlineData(null, null, null)]
    public void IsApproved_ByAListThatIsNotComplete_IsUnknownForOthers(string? name, string? ianaId, bool? approved)
    {
        var list = new RegistrarList(false, [new("Made Up Registrar", ["Made Up Co"], "1", true), new("Other", [], "2", false), new("Foreign Registrar", [], null, false)]);

        Assert.Equal(approved, list.IsApproved(name, ianaId));
    }

    [Fact]
    public void IsApproved_ByACompleteOrAnEmptyList_IsNoOrUnknown()
    {
        Assert.False(new RegistrarList(true, [new("Made Up Registrar", [], null, true)]).IsApproved("Unheard Registrar", null));
        Assert.Null(new RegistrarList(true, []).IsApproved("Unheard Registrar", null));
    }

    [Fact]
    public void Judge_TheRegistrar_FollowsTheOperatorsList()
    {
        var book = new ReferenceBook(TheBook.Shipped.Tables with { Registrars = new RegistrarList(true, [new("Made Up Registrar", [], null, true)]) });

        CheckResult Of(string name) => RegistryChecks.Judge(Good with { Registrar = name }, Company, book, TheBook.Rules.For(null, DateOnly.FromDateTime(Now.Date)), Now).Single(r => r.Check == RegistryChecks.Registrar);

        Assert.Equal(CheckOutcome.Passed, Of("made up registrar").Outcome);
        Assert.Equal("domain.registrarNotApproved", Of("Unheard Registrar").Code);
    }

    [Theory]
    [InlineData("domain.expiringSoon", Severity.Warning)]
    [InlineData("domain.realNameTooRecent", Severity.Warning)]
    [InlineData("domain.expired", Severity.Error)]
    public void SeverityOf_ACode_IsHeavyUnlessTimeMendsIt(string code, Severity severity) => Assert.Equal(severity, RegistryChecks.SeverityOf(code));

    private static IReadOnlyList<CheckResult> Judge(RegistryFacts facts) => RegistryChecks.Judge(facts, Company, TheBook.Shipped, TheBook.Rules.For(null, DateOnly.FromDateTime(Now.Date)), Now);

    private static CheckResult One(RegistryFacts facts, string check) => Judge(facts).Single(r => r.Check == check);
}
