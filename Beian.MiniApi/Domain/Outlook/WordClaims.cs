using Beian.MiniApi.Domain.Rules;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>Papers that words ask for: in the name of the site, of the subject, in its scope, in contents and remarks.</summary>
internal static class WordClaims
{
    public static IEnumerable<PaperClaim> Of(Outset o) => [.. o.Shape.Individual ? [] : PreApprovals(o), .. Names(o)];

    private static IEnumerable<PaperClaim> PreApprovals(Outset o)
    {
        yield return PaperClaims.Claim(o, PreApprovalRules.Document, o.Book.RefOf("fields", "site.preApprovals"), Severity.Error, Phrase.Say("outlook.when.declared"));
        foreach (var type in o.Book.Tables.PreApprovalTypes.Where(t => t.Status == "inForce" && t.Keywords.Count > 0))
        {
            var refused = o.Book.Tables.CommitmentNotAcceptedFor.Contains(type.Id);
            var letter = refused ? PreApprovalRules.Document : PreApprovalRules.LetterFor(type, o.Situation);
            var when = Phrase.Say("outlook.when.subjectWords", ("type", type.NameCode), ("words", type.Keywords.ToArray()));
            yield return PaperClaims.Claim(o, letter, o.Book.RefOf("pre-approval-types", type.Id), Severity.Error, when, refused ? [] : [PreApprovalRules.Document]);
        }
    }

    private static IEnumerable<PaperClaim> Names(Outset o)
    {
        foreach (var rule in o.Rules.Names.Where(n => n.ConcernsSubject(o.Shape.Individual, o.Shape.Nature)))
        {
            var asked = rule.Kind switch
            {
                "words" when rule.ExceptionMaterial is { } paper => [(rule.Words.All, paper)],
                "wordsMap" => rule.Map.Select(m => (m.Words, m.Material)),
                _ => Enumerable.Empty<(IReadOnlyList<string> Words, string Material)>(),
            };
            foreach (var (words, material) in asked)
            {
                yield return PaperClaims.Claim(o, material, rule.Ref, rule.Severity, Phrase.Say("outlook.when.words", ("fields", DemandPhrases.Fields(rule.Scope)), ("words", words.ToArray())));
            }

            if (rule is { Kind: "wordsRef", ExceptionMaterial: { } approval } && !o.Shape.Individual)
            {
                yield return PaperClaims.Claim(o, approval, rule.Ref, rule.Severity, Phrase.Say("outlook.when.nameWords"));
            }
        }
    }
}
