using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.House;

/// <summary><c>docs/rules.md</c> says what the rules are, and its example works.</summary>
public sealed class RuleDocsTests : IDisposable
{
    private readonly OverlayFiles _overlay = new();

    private static IReadOnlyList<string> Examples => [.. Repository.Blocks(Repository.Read(RuleDocs.Path)).Where(b => b.Language == "json").Select(b => b.Code)];

    public void Dispose() => _overlay.Dispose();

    [Fact]
    public void Keys_InTheDocument_AreThoseOfTheProgram()
    {
        Repository.Holds(RuleDocs.Path, RuleDocs.Markdown());

        Assert.Equal([], RuleDocs.Meanings().Where(m => m.Value.Length == 0).Select(m => m.Key));
        Assert.Equal(RuleKeys.Types.Keys.Order(StringComparer.Ordinal), RuleDocs.Meanings().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Keys_SaidToBeShownOnly_AreAskedForByNoJudge()
    {
        var judged = RuleDocs.Judged();
        string[] byTheRuleSet = [RuleKeys.Demand];

        // Words that other things are called by as well.
        string[] common = ["individual"];
        var wrong = RuleDocs.Meanings().Where(m => !byTheRuleSet.Contains(m.Key) && !common.Contains(m.Key) && m.Value.StartsWith(RuleDocs.Shown, StringComparison.Ordinal) == judged.Contains(m.Key));

        Assert.Equal([], wrong.Select(m => m.Key));
    }

    [Fact]
    public void OpenForm_InTheDocument_HasEveryMemberAndEveryField()
    {
        var text = Repository.Read(RuleDocs.Path);
        var members = Repository.Table(text, "## The open form").SelectMany(r => r[0].Split(", ")).Select(m => m.Trim('`')).ToArray();

        Assert.Equal(RuleDocs.DemandMembers().Order(StringComparer.Ordinal), members.Order(StringComparer.Ordinal));
        Assert.All(FieldDemands.Pointers, p => Assert.Contains($"`{p}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Example_LaidOver_FindsWhatTheDocumentSays()
    {
        var filing = AFiling.Complete();
        var guangdong = TheLetters.With(filing, s => s with { Verification = s.Verification with { Region = new Region("440000", "440300", "440305") } });
        _overlay.Write("rules/guangdong-local.json", Examples[0]);

        var rules = new ReferenceDataLoader(TheBook.Folder, _overlay.Folder).LoadRules(TheBook.Shipped);

        var finding = Assert.Single(Judge(guangdong, rules), f => f.PackVersion == "guangdong-local@2026-12");
        Assert.Equal(("demand.field", "guangdong-local.registerInRemark", "/sites/0/remark", Severity.Error), (finding.Code, finding.RuleId, finding.Pointer, finding.Severity));
        var met = TheLetters.With(guangdong, s => s with { Sites = [.. s.Sites.Select(x => x with { Remark = "登记编号 000001" })] });
        Assert.DoesNotContain(Judge(met, rules), f => f.PackVersion == "guangdong-local@2026-12");
        Assert.DoesNotContain(Judge(filing, rules), f => f.PackVersion == "guangdong-local@2026-12");
        Assert.Equal("guangdong-local.minAge", rules.For("440000", new DateOnly(2026, 11, 26)).FindFor<int?>("minAge", individual: false)?.Row.Id);
    }

    [Fact]
    public void Example_OfMobileRanges_IsTaken()
    {
        _overlay.Write("mobile-ranges.json", Examples[1]);

        var book = new ReferenceDataLoader(TheBook.Folder, _overlay.Folder).Load();

        Assert.Equal("120000", book.ProvinceOfMobile("13801990000"));
        Assert.Null(book.ProvinceOfMobile("13802000000"));
    }

    private static IReadOnlyList<Finding> Judge(Filing filing, RuleBook rules)
    {
        var set = Requirements.Of(filing, AForm.Context() with { Rules = rules });
        return [.. set.Due, .. set.Warnings];
    }
}
