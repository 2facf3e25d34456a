using Beian.MiniApi.Domain.Letters;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>
/// Tells what a filing will need before anything is typed. What always is asked for is asked of the rules themselves, over the plainest filing of the
/// shape, so that it cannot differ from what they say later; what can be asked for is read from every rule that names a field or a paper. Pure.
/// </summary>
public sealed class OutlookBook(ReferenceBook book, LetterTemplates letters, OutlookPolicy policy)
{
    /// <param name="shape">Of known codes.</param>
    /// <param name="rules">All rules.</param>
    /// <param name="day">The day in China by whose rules it is told.</param>
    public FilingOutlook Of(FilingShape shape, RuleBook rules, DateOnly day)
    {
        var now = On(shape, rules, rules.For(shape.Province, day), day);
        var changes = new List<UpcomingChange>();
        var before = Everything(now);
        foreach (var later in rules.After(shape.Province, day))
        {
            var then = Everything(On(shape, rules, later, later.From));
            changes.AddRange(Changes(before, then, later.From));
            before = then;
        }

        return now with { Upcoming = changes };
    }

    private FilingOutlook On(FilingShape shape, RuleBook rules, RuleSet set, DateOnly day)
    {
        var noon = new DateTimeOffset(day, new TimeOnly(12, 0), ChinaTime.Offset);
        var o = new Outset(shape, set, rules, book, letters, policy, noon);
        var statements = FieldOutlooks.Statements(o);
        return new FilingOutlook
        {
            Shape = shape,
            Day = day,
            RulesVersion = set.Version,
            PackVersions = [.. set.Rows.Select(r => r.Pack.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Fields = FieldOutlooks.Of(o, statements),
            People = PrincipalOutlooks.Of(o, statements),
            Papers = PaperOutlooks.Of(o),
            Limits = LimitOutlooks.Of(o),
            Waiting = WaitOutlooks.Of(o),
            Estimate = WaitOutlooks.Estimate(o),
            Notes = NoteOutlooks.Of(o),
        };
    }

    /// <summary>Everything an answer says, each with what it is about.</summary>
    private static IReadOnlyList<(string About, RuleStatement Statement)> Everything(FilingOutlook outlook) =>
    [
        .. outlook.Fields.SelectMany(f => f.Rules.Select(r => (f.Row.Id, r))),
        .. outlook.Papers.SelectMany(p => p.Reasons.Select(r => (p.Row.Id, new RuleStatement(r.Rule, r.When ?? Phrase.Say("outlook.when.always"), r.Weight)))),
        .. outlook.Limits.Rules.Select(r => ("limits", r)),
        .. outlook.Waiting.Where(w => w.Rule is not null).Select(w => (w.Gate, new RuleStatement(w.Rule!, w.Text, Severity.Info))),
        .. outlook.Notes.Where(n => n.Rule is not null).Select(n => ("notes", new RuleStatement(n.Rule!, n.Text, Severity.Info))),
        .. outlook.Estimate is { } e ? [("estimate", new RuleStatement(e.Rule, Phrase.Say("outlook.wait.estimate", ("min", e.MinDays), ("max", e.MaxDays)), Severity.Info))] : Array.Empty<(string, RuleStatement)>(),
    ];

    /// <summary>What is said then and not before, and what is no longer said; of a rule that only changes, the new text alone.</summary>
    private static IEnumerable<UpcomingChange> Changes(IReadOnlyList<(string About, RuleStatement Statement)> before, IReadOnlyList<(string About, RuleStatement Statement)> then, DateOnly from)
    {
        static string Key((string About, RuleStatement Statement) said) => $"{said.About} {said.Statement.Rule.Id} {said.Statement.Weight} {said.Statement.Text.Key}";
        var old = before.Select(Key).ToHashSet(StringComparer.Ordinal);
        var known = then.Select(Key).ToHashSet(StringComparer.Ordinal);
        var begins = then.Where(s => !old.Contains(Key(s))).ToArray();
        var changed = begins.Select(s => (s.About, s.Statement.Rule.Id)).ToHashSet();
        var ends = before.Where(s => !known.Contains(Key(s)) && !changed.Contains((s.About, s.Statement.Rule.Id)));
        return [.. begins.Select(s => new UpcomingChange(from, false, s.About, s.Statement)), .. ends.Select(s => new UpcomingChange(from, true, s.About, s.Statement))];
    }
}
