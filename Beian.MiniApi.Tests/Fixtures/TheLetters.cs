using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Letters;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.ReferenceData;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>The shipped letters, and filings to fill them in from.</summary>
internal static class TheLetters
{
    public static readonly LetterTemplates Shipped = LettersFile.Load(TheBook.Folder, null, TheBook.Shipped);

    public static readonly LetterBook Book = new(TheBook.Shipped, Shipped);

    /// <summary>The rules of a province on the day the fixtures live in.</summary>
    public static RuleSet Rules(string? province) => TheBook.Rules.For(province, new DateOnly(2026, 11, 21));

    /// <summary>A complete filing in a province where the letter is used, by whom it concerns.</summary>
    public static Filing FilingFor(LetterTemplate template)
    {
        var row = TheBook.Shipped.FindMaterial(template.Kind)!;
        return In(row.Provinces?[0] ?? "330000", individual: row.Natures is [Filing.NatureIndividual]);
    }

    /// <summary>A complete filing in that province, with a legal representative who is somebody else than the site's principal.</summary>
    public static Filing In(string province, bool individual = false)
    {
        var filing = AFiling.Complete(new Shape(individual, OwnSitePrincipal: !individual));
        return With(filing, s => s with
        {
            Verification = s.Verification with { Region = new Region(province, province[..3] + "100", province[..3] + "101") },
            Subject = s.Subject with { LegalRepresentative = individual ? null : new LegalRepresentative("测试丙", 2, MadeUp.IdentityNumber(7)) },
            Sites = [.. s.Sites.Select(site => site with { Remark = "展示测试产品" })],
        });
    }

    /// <summary>The filing with something in it changed.</summary>
    public static Filing With(Filing filing, Func<FilingSnapshot, FilingSnapshot> change) => Filing.Restore(change(filing.Snapshot));
}
