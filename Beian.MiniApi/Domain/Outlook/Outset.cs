using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Letters;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>A statement and the field, or part of the answer, it belongs to.</summary>
internal readonly record struct Placed(string Field, RuleStatement Statement);

/// <summary>
/// One shape on one day with everything to read from, and the plainest filing of that shape: its one site has the subject's principal, and nothing is
/// typed. What the rules ask of that one, they ask of every filing of the shape.
/// </summary>
internal sealed class Outset
{
    /// <summary>First characters of the credit codes of sole traders (GB 32100-2015, table 1).</summary>
    private const string SoleTraders = "92";

    /// <summary>The one site of the plain filing.</summary>
    public const string SiteId = "site";

    /// <param name="rules">Those of the province on that day.</param>
    /// <param name="all">All rules, among which the engine finds the same.</param>
    /// <param name="now">A moment of that day in China.</param>
    public Outset(FilingShape shape, RuleSet rules, RuleBook all, ReferenceBook book, LetterTemplates letters, OutlookPolicy policy, DateTimeOffset now)
    {
        (Shape, Rules, Book, Letters, Policy) = (shape, rules, book, letters, policy);
        var context = new RuleContext(book, all, RealName.None, false, policy.FaceCheckSupports, now)
        {
            Filed = shape.Kind == FilingKind.AddSite ? new FiledFacts(1, []) : FiledFacts.None,
        };
        var filing = Plain(shape, now);
        Situation = new Situation(filing, context, rules);
        Asked = Requirements.Of(filing, context);
    }

    public FilingShape Shape { get; }

    public RuleSet Rules { get; }

    public ReferenceBook Book { get; }

    public LetterTemplates Letters { get; }

    public OutlookPolicy Policy { get; }

    /// <summary>The plain filing.</summary>
    public Situation Situation { get; }

    /// <summary>What the rules ask of the plain filing.</summary>
    public RequirementSet Asked { get; }

    /// <summary>The roles whose fields are typed; an individual is one person.</summary>
    public IReadOnlyList<string> Roles => Shape.Individual ? ["subjectPrincipal"] : ["subjectPrincipal", "sitePrincipal"];

    /// <summary>Whether a subject of this nature can be a sole trader (个体工商户).</summary>
    public bool MayBeSoleTrader => Book.FindCreditCodePrefix(SoleTraders)?.NatureCodes.Contains(Shape.Nature) == true;

    public Ruled<T>? Find<T>(string key) => Rules.Find<T>(key, Shape.DataKind);

    /// <summary>The value for this subject of a key that has one for organisations and one for individuals.</summary>
    public Ruled<T>? For<T>(string key) => Rules.FindFor<T>(key, Shape.Individual, Shape.DataKind);

    /// <summary>Whether a row or list that names whom it is for means this subject.</summary>
    public bool Means(string subject) => subject == "all" || subject == (Shape.Individual ? "individual" : "organization");

    /// <summary>Names of papers, as codes.</summary>
    public string[] Papers(IEnumerable<string> kinds) => [.. kinds.Select(k => Book.FindMaterial(k)?.NameCode ?? k)];

    public static RuleStatement State(RuleRow row, Phrase text, Severity weight = Severity.Error) => new(row.Ref, text, row.Severity ?? weight);

    public static Placed Place(string field, RuleRow row, Phrase text, Severity weight = Severity.Error) => new(field, State(row, text, weight));

    /// <summary>The same statement about that field of everybody whose fields are typed.</summary>
    public IEnumerable<Placed> OfEverybody(string field, RuleRow row, Phrase text, Severity weight = Severity.Error) => Roles.Select(role => Place(role + field, row, text, weight));

    private static Filing Plain(FilingShape shape, DateTimeOffset now) => Filing.Restore(new FilingSnapshot
    {
        Id = "outlook",
        Number = string.Empty,
        AccountId = "outlook",
        CreatedBy = string.Empty,
        CreatedAt = now,
        StateSince = now,
        LastActivityAt = now,
        SubjectId = shape.Kind == FilingKind.AddSite ? "outlook" : null,
        Kind = shape.Kind,
        Verification = new Filings.Verification { Region = new Region(shape.Province, null, null), SubjectNature = shape.Nature },
        Sites = [new Site { Id = SiteId, FromVerification = true, SameAsSubjectPrincipal = true }],
    });
}
