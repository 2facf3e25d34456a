using System.Text.RegularExpressions;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Platform;
using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Rules;

/// <summary>What holds for every filing whatsoever. A failure prints the seed and which of its filings it was.</summary>
public sealed partial class RulePropertyTests
{
    private const int FilingsPerSeed = 500;

    private static readonly TextCatalogue Texts = TextCatalogue.Load(Path.Combine(TheBook.Folder, "texts"));

    /// <summary>The same data read a second time, so that nothing is equal for being the same object.</summary>
    private static readonly Beian.MiniApi.Domain.Rules.Packs.RuleBook Again = new ReferenceDataLoader(TheBook.Folder, null).LoadRules(TheBook.Shipped);

    public static TheoryData<int> Seeds() => [20260701, 20261121, 42, 65537];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Judge_TheSameFilingTwice_GivesTheSameFindingsInTheSameOrder(int seed) =>
        ForEach(seed, (filing, context, _) =>
        {
            var first = All(Requirements.Of(filing, context)).Select(Line).ToArray();
            var second = All(Requirements.Of(Filing.Restore(filing.Snapshot), context with { Rules = Again })).Select(Line).ToArray();

            return first.SequenceEqual(second) ? null : "differs: " + string.Join('\n', first.Except(second).Concat(second.Except(first)));
        });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Judge_AnyFiling_NamesRulePackAndWordsOfEveryFinding(int seed) =>
        ForEach(seed, (filing, context, _) => All(Requirements.Of(filing, context)).Select(Wanting).FirstOrDefault(w => w is not null));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Judge_AnyFiling_RepeatsNothingPersonal(int seed) =>
        ForEach(seed, (filing, context, personal) =>
        {
            foreach (var finding in All(Requirements.Of(filing, context)))
            {
                var said = string.Join(' ', [.. Words(finding), .. finding.Args.Values, finding.Pointer, finding.Conflict]);
                if (personal.Find(p => said.Contains(p, StringComparison.Ordinal)) is { } leaked)
                {
                    return $"{finding.Code} repeats {leaked.Length} characters typed of a person";
                }
            }

            return null;
        });

    /// <summary>
    /// Filling in an empty field that no rule reads together with another one may only take back what was said of that very field. The fields are those
    /// of <see cref="Alone"/>; everything said elsewhere must still be said.
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Judge_WithOneMoreUnrelatedField_TakesNoFindingBack(int seed)
    {
        var turn = 0;
        ForEach(seed, (filing, context, _) =>
        {
            var before = All(Requirements.Of(filing, context)).ToArray();

            // Two of the fields per filing, in turn.
            turn++;
            foreach (var (field, add) in Alone.Where((_, i) => (i + turn) % 4 == 0))
            {
                if (add(filing) is not { } fuller)
                {
                    continue;
                }

                var after = All(Requirements.Of(fuller, context)).Select(Line).ToHashSet(StringComparer.Ordinal);
                var lost = before.Where(f => !f.Pointer.EndsWith(field, StringComparison.Ordinal) && !after.Contains(Line(f))).ToArray();
                if (lost.Length > 0)
                {
                    return $"{field} takes back {Line(lost[0])}";
                }
            }

            return null;
        });
    }

    [Fact]
    public void Next_OfTheSameSeed_MakesTheSameFilings()
    {
        string[] Made() => [.. Enumerable.Range(0, 50).Aggregate((Random: new RandomFilings(3), Lines: new List<string>()), (s, _) => Add(s)).Lines];
        static (RandomFilings, List<string>) Add((RandomFilings Random, List<string> Lines) s)
        {
            var (filing, context) = s.Random.Next();
            s.Lines.AddRange(All(Requirements.Of(filing, context)).Select(Line));
            return s;
        }

        var made = Made();

        Assert.True(made.Distinct(StringComparer.Ordinal).Count() > 100, "The filings are too much alike to show anything.");
        Assert.Equal(made, Made());
    }

    /// <summary>Fields that stand alone, each with the filing that has it filled in; null where it is filled already or cannot be.</summary>
    private static readonly (string Field, Func<Filing, Filing?> Add)[] Alone =
    [
        ("/phone2", f => WithPrincipal(f, p => p.Phone2 is null ? p with { Phone2 = "0755-80000001" } : null)),
        ("/landline", f => WithPrincipal(f, p => p.Landline is null ? p with { Landline = "0755-80000001" } : null)),
        ("/validFrom", f => WithPrincipal(f, p => p.ValidFrom is null && p.ValidTo is null ? p with { ValidFrom = "2020-01-01" } : null)),
        ("/certificateValidTo", f => f.Snapshot.Subject.CertificateValidTo is null ? Edited(f.PutSubject(f.Snapshot.Subject with { CertificateValidTo = "2040-01-01" }, f.Open(), AFiling.Applicant, AFiling.Noon)) : null),
        ("/businessScope", f => f.Snapshot.Subject.BusinessScope is null ? Edited(f.PutSubject(f.Snapshot.Subject with { BusinessScope = "软件开发" }, f.Open(), AFiling.Applicant, AFiling.Noon)) : null),
        ("/homeUrl", f => WithSite(f, s => s.HomeUrl is null ? s with { HomeUrl = "https://www.shop.cn" } : null)),
        ("/languages", f => WithSite(f, s => s.Languages.Count == 0 ? s with { Languages = [1] } : null)),
        ("otherSupplement", f => Edited(f.AddMaterial(AForm.Paper("otherSupplement", null, null, "m-extra"), 1000, f.Open(), AFiling.Applicant, AFiling.Noon))),
    ];

    private static Filing? Edited(Result<Filing> result) => result.TryGet(out var filing, out _) ? filing : null;

    private static Filing? WithPrincipal(Filing filing, Func<Person, Person?> change) =>
        change(filing.Snapshot.Subject.Principal) is { } person ? Edited(filing.PutSubjectPrincipal(person, filing.Open(), AFiling.Applicant, AFiling.Noon)) : null;

    private static Filing? WithSite(Filing filing, Func<Site, Site?> change) =>
        filing.Snapshot.Sites.Count > 0 && change(filing.Snapshot.Sites[^1]) is { } site ? Edited(filing.PutSite(site, filing.Open(), AFiling.Applicant, AFiling.Noon)) : null;

    private static void ForEach(int seed, Func<Filing, RuleContext, List<string>, string?> complaint)
    {
        var random = new RandomFilings(seed);
        for (var i = 0; i < FilingsPerSeed; i++)
        {
            var (filing, context) = random.Next();
            try
            {
                var wrong = complaint(filing, context, random.Personal);
                Assert.True(wrong is null, $"seed {seed}, filing {i}: {wrong}");
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}, filing {i}: {e}");
            }
        }
    }

    private static IEnumerable<Finding> All(RequirementSet set) => [.. set.Due, .. set.Warnings, .. set.Pending, .. set.Upcoming.Select(u => u.Finding)];

    private static string Line(Finding f) =>
        $"{f.Severity} {f.RuleId} {f.PackVersion} {f.Code} {f.Pointer} {f.SiteId} {f.MaterialKind} {f.MaterialPart} {string.Join(',', f.Alternatives)} {f.AlternativeMaterial} {string.Join(',', f.Args.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => a.Key + "=" + a.Value))}";

    private static IEnumerable<string> Words(Finding finding) => new[] { false, true }.SelectMany(english =>
    {
        var text = Texts.Find(finding.Code, english, finding.Args);
        return new[] { text.Title, text.Detail, text.Remedy ?? string.Empty };
    });

    private static string? Wanting(Finding f)
    {
        var words = Words(f).ToArray();
        return string.IsNullOrEmpty(f.RuleId) || string.IsNullOrEmpty(f.PackVersion) || !f.PackVersion.Contains('@', StringComparison.Ordinal) ? $"{f.Code} names no rule or pack: '{f.RuleId}' '{f.PackVersion}'"
            : f.Code.Length == 0 || words.Contains(f.Code) ? $"'{f.Code}' of {f.RuleId} has no words"
            : words.FirstOrDefault(w => Hole().IsMatch(w)) is { } hole ? $"{f.Code} leaves a hole: {hole}"
            : null;
    }

    /// <summary>A placeholder in the catalogue's words; what somebody typed in braces is quoted as characters with their numbers.</summary>
    [GeneratedRegex(@"\{[A-Za-z][A-Za-z0-9]*\}")]
    private static partial Regex Hole();
}
