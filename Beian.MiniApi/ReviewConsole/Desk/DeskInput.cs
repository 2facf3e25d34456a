using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Features.Review;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.ReviewConsole.Desk;

/// <summary>
/// What was typed into the page of a filing. The page is one form, so that whatever button is pressed, everything comes along and can be shown again. Names of fields are a kind and
/// what it is about, such as <c>reason:/subject/name</c>; about a paper, <c>paper:</c> and its id stand in place of the pointer.
/// </summary>
public sealed class DeskInput
{
    private const string PaperPrefix = "paper:";

    /// <summary>Fields of the log of calls.</summary>
    internal static readonly string[] OfCalls = ["phone", "note"];

    /// <summary>The field of the reason to see a filing in full.</summary>
    internal const string FullViewReason = "fullViewReason";

    /// <summary>The field of why a verification failed.</summary>
    internal const string SmsReason = "smsReason";

    /// <summary>Where the page stands, and values of buttons: nobody typed these.</summary>
    private static readonly string[] NotTyped = ["paper", "copy", "version"];

    private static readonly string[] OfButtons = ["pick", "take", "sms", "outcome", "kind", "result", "to"];

    private readonly Dictionary<string, string> _texts;
    private readonly HashSet<string> _picks;
    private readonly HashSet<string> _takes;

    private DeskInput(Dictionary<string, string> texts, IEnumerable<string> picks, IEnumerable<string> takes)
    {
        _texts = texts;
        _picks = new HashSet<string>(picks.Where(p => p.Length > 0), StringComparer.Ordinal);
        _takes = new HashSet<string>(takes.Where(t => t.Length > 0), StringComparer.Ordinal);
    }

    /// <summary>Nothing typed.</summary>
    public static DeskInput None { get; } = new([], [], []);

    public static DeskInput Of(ConsoleForm form) => new(
        form.Names.Where(n => !n.StartsWith("__", StringComparison.Ordinal) && Array.IndexOf(OfButtons, n) < 0).ToDictionary(n => n, form.Text, StringComparer.Ordinal),
        form.All("pick"),
        form.All("take"));

    /// <summary>Whether there is nothing that would be lost.</summary>
    public bool IsEmpty => _picks.Count == 0 && _takes.Count == 0 && _texts.All(t => t.Value.Length == 0 || Array.IndexOf(NotTyped, t.Key) >= 0);

    /// <summary>The field's text; empty when nothing was typed.</summary>
    public string Text(string name) => _texts.GetValueOrDefault(name, string.Empty);

    /// <summary>The field's text, or null.</summary>
    public string? TextOrNull(string name) => Text(name) is { Length: > 0 } text ? text : null;

    /// <summary>What names a paper among the marked.</summary>
    public static string KeyOf(MaterialView paper) => PaperPrefix + paper.Id;

    /// <summary>What a text of the catalogue is sent as when it is ticked at a field.</summary>
    public static string PickOf(string key, string reasonId) => reasonId + "@" + key;

    /// <summary>What an automatic finding is sent as when it is ticked.</summary>
    public static string TakeOf(RequirementView finding) => finding.Code + "@" + finding.Pointer;

    public bool IsPicked(string key, string reasonId) => _picks.Contains(PickOf(key, reasonId));

    public bool IsTaken(RequirementView finding) => _takes.Contains(TakeOf(finding));

    /// <summary>Whether something was marked at that field or paper.</summary>
    public bool IsMarked(string key) => Text("reason:" + key).Length > 0 || Text("suggestion:" + key).Length > 0 || _picks.Any(p => p.EndsWith("@" + key, StringComparison.Ordinal));

    /// <summary>Everything marked, in the order of the page: automatic findings that were taken over, texts that were ticked, own words.</summary>
    /// <param name="model">The page it was typed into.</param>
    public IReadOnlyList<DeskMark> Marks(DeskModel model) =>
        [.. model.Findings.Where(f => f.CanTake && IsTaken(f.View)).Select(f => new DeskMark("take:" + TakeOf(f.View), f.View.Pointer, null, f.View.Message, f.View.Remedy)), .. model.Markable.SelectMany(MarksOf)];

    /// <summary>The notes on checks, as an approval sends them.</summary>
    public IReadOnlyList<(string Key, ExplanationRequest Request)> Explanations(DeskModel model) =>
        [.. model.Unexplained.Where(u => Text(u.Key).Length > 0).Select(u => (u.Key, new ExplanationRequest { Check = u.View.Check, SiteId = u.View.SiteId, Note = Text(u.Key) }))];

    /// <summary>The same without those fields, which an act has done with.</summary>
    public DeskInput Without(params ReadOnlySpan<string> names)
    {
        var rest = new Dictionary<string, string>(_texts, StringComparer.Ordinal);
        foreach (var name in names)
        {
            rest.Remove(name);
        }

        return new DeskInput(rest, _picks, _takes);
    }

    /// <summary>Where the page stands, and the reason for the full view: all that a decision leaves.</summary>
    public DeskInput AfterDecision() => new(_texts.Where(t => t.Key == FullViewReason || Array.IndexOf(NotTyped, t.Key) >= 0).ToDictionary(StringComparer.Ordinal), [], []);

    /// <summary>The same as that page shows it: without fields that the filing's state has no more, and with the number that was chosen as it is shown now.</summary>
    public DeskInput On(DeskModel model)
    {
        var rest = model.Allows(FilingAction.LogCall) ? this : Without(OfCalls);
        rest = model.Allows(FilingAction.RecordSms) ? rest : rest.Without(SmsReason);
        rest = model.Review.FullViewEndsAt is null ? rest : rest.Without(FullViewReason);
        var chosen = Chosen(rest.Text("phone"), model.Review.Phones);
        rest = rest.Without("phone");
        if (chosen is not null)
        {
            rest._texts["phone"] = chosen;
        }

        return rest;
    }

    /// <summary>The number that was chosen, which may be masked now and was not then, or the other way round; null for the first, which the page chooses by itself, and for none.</summary>
    private static string? Chosen(string phone, IReadOnlyList<string> shown)
    {
        var same = shown.Where(p => p == phone || Mask.Phone(p) == phone || p == Mask.Phone(phone)).Distinct(StringComparer.Ordinal).ToArray();
        return phone.Length > 0 && same is [var only] && only != shown[0] ? only : null;
    }

    private IEnumerable<DeskMark> MarksOf(Markable field)
    {
        var pointer = field.MaterialId is null ? field.Key : "/materials";
        foreach (var reason in field.Reasons.Where(r => IsPicked(field.Key, r.Id)))
        {
            yield return new DeskMark("reason:" + field.Key, pointer, field.MaterialId, reason.Reason, reason.Suggestion);
        }

        var (own, suggestion) = (Text("reason:" + field.Key), TextOrNull("suggestion:" + field.Key));
        if (own.Length > 0 || suggestion is not null)
        {
            yield return new DeskMark("reason:" + field.Key, pointer, field.MaterialId, own, suggestion);
        }
    }
}

/// <summary>One thing that was marked.</summary>
/// <param name="Key">The field of the page where it stands.</param>
/// <param name="Pointer">JSON pointer into the filing.</param>
/// <param name="MaterialId">The paper, or null.</param>
/// <param name="Reason">Why; empty when only a suggestion was typed, which is refused.</param>
/// <param name="Suggestion">What to do, or null.</param>
public sealed record DeskMark(string Key, string Pointer, string? MaterialId, string Reason, string? Suggestion)
{
    public FindingRequest Request => new() { Pointer = Pointer, MaterialId = MaterialId, Reason = Reason, Suggestion = Suggestion };
}
