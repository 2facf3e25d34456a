using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

/// <summary>Properties over forms made by chance, from a fixed seed so that a failure comes back.</summary>
public sealed class FormFieldsTests
{
    private static readonly string?[] Words = [null, "甲", "乙", "x y", "/~0"];

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Pointer_OfEveryField_LeadsBackToItsPath(int seed)
    {
        var filing = Form(new Random(seed));

        foreach (var path in FormFields.Of(filing).Keys.Where(p => !p.StartsWith("/materials/", StringComparison.Ordinal)))
        {
            var pointer = FormFields.Pointer(path, filing.Sites);
            Assert.Equal(path, FormFields.Canonical(pointer, filing.Sites));
            Assert.DoesNotContain(filing.Sites, s => pointer.Contains(s.Id, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void FormPaths_OfEveryField_LetAReviewerPointAtIt(int seed)
    {
        var filing = Form(new Random(seed));

        var paths = FormFields.Of(filing).Keys.Where(p => !p.StartsWith("/materials/", StringComparison.Ordinal) && !p.EndsWith("/sameAsSubjectPrincipal", StringComparison.Ordinal));

        Assert.All(paths, p => Assert.True(FormPaths.Exists(p, filing.Sites), p));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Diff_OfTwoForms_TurnsOneIntoTheOther(int seed)
    {
        var random = new Random(seed);
        var (before, after) = (FormFields.Of(Form(random)), FormFields.Of(Form(random)));
        var changes = FormFields.Diff(before, after);

        var applied = before.ToDictionary(p => p.Key, p => p.Value);
        foreach (var change in changes)
        {
            Assert.NotEqual(change.Before, change.After);
            Assert.Equal(change.Before, before.GetValueOrDefault(change.Path));
            _ = change.After is null ? applied.Remove(change.Path) : applied.TryAdd(change.Path, change.After) || (applied[change.Path] = change.After) is not null;
        }

        Assert.Equal(after.OrderBy(p => p.Key), applied.OrderBy(p => p.Key));
        Assert.Empty(FormFields.Diff(before, before));
        Assert.Equal(changes.Select(c => (c.Path, c.After, c.Before)).Order(), FormFields.Diff(after, before).Select(c => (c.Path, c.Before, c.After)).Order());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Diff_AfterOneFieldChanged_NamesThatFieldOnly(int seed)
    {
        var before = Form(new Random(seed));
        var principal = before.Subject.Principal;

        var after = before with { Subject = before.Subject with { Principal = principal with { Email = principal.Email + "z" } } };

        Assert.Equal(["/subject/principal/email"], FormFields.Diff(FormFields.Of(before), FormFields.Of(after)).Select(c => c.Path));
    }

    [Theory]
    [InlineData("/sites/0/name", "/sites/s1/name")]
    [InlineData("/sites/1", "/sites/s10")]
    [InlineData("/sites/2/name", "/sites/2/name")]
    [InlineData("/sites/-1/name", "/sites/-1/name")]
    [InlineData("/sites/s10/name", "/sites/s10/name")]
    [InlineData("/sites", "/sites")]
    [InlineData("/subject/name", "/subject/name")]
    [InlineData("", "")]
    public void Canonical_OfAPointer_PutsTheIdWhereTheIndexWas(string pointer, string path) => Assert.Equal(path, FormFields.Canonical(pointer, TwoSites));

    [Theory]
    [InlineData("/sites/s1/name", "/sites/0/name")]
    [InlineData("/sites/s10/principal", "/sites/1/principal")]
    [InlineData("/sites/gone/name", "/sites/gone/name")]
    [InlineData("/materials/idCard/front/", "/materials")]
    public void Pointer_OfAPath_PutsTheIndexWhereTheIdWas(string path, string pointer) => Assert.Equal(pointer, FormFields.Pointer(path, TwoSites));

    [Theory]
    [InlineData("/sites/s10/name", true)]
    [InlineData("/sites/s10/principal/mobile", true)]
    [InlineData("/sites/s10/faceCheck", true)]
    [InlineData("/sites/s1", true)]
    [InlineData("/subject/principal", true)]
    [InlineData("/sites/s10/principal/nickname", false)]
    [InlineData("/sites/s10/nickname", false)]
    [InlineData("/sites/s100/name", false)]
    [InlineData("/subject/principal/nickname", false)]
    [InlineData("/state", false)]
    [InlineData("/subject/", false)]
    public void Exists_OfAPath_IsTrueForFieldsOnly(string path, bool exists) => Assert.Equal(exists, FormPaths.Exists(path, TwoSites));

    [Theory]
    [InlineData("/sites/s1/serviceContents/0", "/sites/s1/serviceContents")]
    [InlineData("/sites/s1/preApprovals/0/number", "/sites/s1/preApprovals")]
    [InlineData("/sites/s1/languages", "/sites/s1/languages")]
    [InlineData("/subject/name", "/subject/name")]
    public void FieldOf_APathIntoAList_IsTheList(string path, string field) => Assert.Equal(field, FormFields.FieldOf(path));

    [Fact]
    public void Of_SeveralPapersOfOneKind_TellsThemAll()
    {
        var one = AFiling.Draft().Snapshot with { Materials = [AForm.Paper("otherSupplement", id: "m-1")] };
        var two = one with { Materials = [.. one.Materials, AForm.Paper("otherSupplement", id: "m-2")] };

        Assert.Equal([new FieldChange("/materials/otherSupplement//", "sha-of-m-1", "sha-of-m-1 sha-of-m-2")], FormFields.Diff(FormFields.Of(one), FormFields.Of(two)));
    }

    private static readonly Site[] TwoSites = [new() { Id = "s1" }, new() { Id = "s10" }];

    private static FilingSnapshot Form(Random random)
    {
        string? Word() => Words[random.Next(Words.Length)];
        int? Number() => random.Next(3) == 0 ? null : random.Next(9);
        Person Anybody() => new()
        {
            Name = Word(),
            CertificateType = Number(),
            CertificateNumber = Word(),
            ValidFrom = Word(),
            ValidTo = Word(),
            Mobile = Word(),
            Phone2 = Word(),
            Landline = Word(),
            EmergencyPhone = Word(),
            Email = Word(),
        };
        Site Any(int n) => new()
        {
            Id = "s" + new string('1', n + 1),
            FromVerification = n == 0 && random.Next(2) == 0,
            Kind = Word(),
            Name = Word(),
            Domain = Word(),
            HomeUrl = Word(),
            Remark = Word(),
            Resource = random.Next(2) == 0 ? null : AForm.Code,
            ServiceContents = [.. Enumerable.Range(0, random.Next(3))],
            Languages = [.. Enumerable.Range(0, random.Next(3))],
            PreApprovals = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new PreApproval(Word(), Word()))],
            SameAsSubjectPrincipal = random.Next(2) == 0,
            Principal = Anybody(),
        };
        return AFiling.Draft().Snapshot with
        {
            Verification = new Verification
            {
                Region = random.Next(3) == 0 ? null : new Region(Word(), Word(), Word()),
                SubjectNature = Number(),
                CertificateType = Number(),
                CertificateNumber = Word(),
                Domain = Word(),
                Resource = random.Next(2) == 0 ? null : AForm.Server,
            },
            Subject = new Subject
            {
                Name = Word(),
                CertificateAddress = Word(),
                MailingAddress = Word(),
                Investor = Word(),
                Remark = Word(),
                Principal = Anybody(),
                LegalRepresentative = random.Next(2) == 0 ? null : new LegalRepresentative(Word(), Number(), Word()),
            },
            Sites = [.. Enumerable.Range(0, random.Next(4)).Select(Any)],
            Materials = [.. Enumerable.Range(0, random.Next(3)).Select(i => AForm.Paper("idCard", Word(), null, "m-" + i))],
        };
    }
}
