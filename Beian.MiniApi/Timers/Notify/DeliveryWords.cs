using System.Globalization;
using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Messages;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Timers.Notify;

/// <summary>Words an event for a text message and a mail, out of the texts that the inbox uses.</summary>
public sealed class DeliveryWords(TextCatalogue texts, ReferenceBook book)
{
    /// <summary>A person has no use for more of them in a mail.</summary>
    private const int MostFindings = 50;

    /// <summary>A text message: what happened and what to do now.</summary>
    public DeliveryBody Sms(Filing filing, HistoryEntry entry, string mobile, bool english)
    {
        var said = Said(entry, english);
        var text = Say("notice.sms", Texts.Args(("title", said.Title), ("number", filing.Snapshot.Number), ("words", Bare(said.Remedy ?? said.Detail))), english);
        return new DeliveryBody(mobile, null, text.Detail, Facts(filing, entry), []);
    }

    /// <summary>A mail: what happened, what to do, each remark with the field it is about, and until when.</summary>
    public DeliveryBody Mail(Filing filing, HistoryEntry entry, string address, bool english)
    {
        var said = Said(entry, english);
        var number = filing.Snapshot.Number;
        var frame = Say("notice.mail", Texts.Args(("title", said.Title), ("number", number)), english);
        var text = new StringBuilder().AppendLine(said.Detail);
        if (said.Remedy is { } remedy)
        {
            text.AppendLine(remedy);
        }

        var findings = Findings(filing, entry, english).ToList();
        if (findings.Count > 0)
        {
            text.AppendLine().AppendLine(Say("notice.findings", Texts.NoArgs, english).Title);
            findings.ForEach(f => text.AppendLine(f));
        }

        text.AppendLine().AppendLine(Say("notice.facts", Texts.Args(("number", number), ("at", Clock(entry.At))), english).Detail);
        if (MessageFacts.DeadlineOf(filing.Snapshot, entry) is { } deadline)
        {
            text.AppendLine(Say("notice.deadline", Texts.Args(("deadline", Clock(deadline))), english).Detail);
        }

        text.AppendLine().AppendLine(frame.Detail);
        return new DeliveryBody(address, MessageText.Clean(frame.Title), text.ToString(), Facts(filing, entry), []);
    }

    /// <summary>Each remark, or the authority's words where it made none.</summary>
    private IEnumerable<string> Findings(Filing filing, HistoryEntry entry, bool english)
    {
        var why = entry.Action == FilingAction.Remind ? HistoryEntry.SentBackBy([.. filing.Snapshot.History.TakeWhile(e => e.Seq < entry.Seq)], entry.To) ?? entry : entry;
        var findings = why.Findings.Count == 0 && !string.IsNullOrWhiteSpace(why.Note) ? [new ReviewFinding(string.Empty, why.Note, null, null)] : why.Findings;
        var n = 0;
        foreach (var finding in findings.Take(MostFindings))
        {
            n++;
            yield return Finding(filing, finding, n.ToString(CultureInfo.InvariantCulture), english);
        }
    }

    private string Finding(Filing filing, ReviewFinding finding, string n, bool english)
    {
        var label = LabelOf(filing, finding, english);
        var reason = Bare(Safe(finding.Reason));
        return string.IsNullOrWhiteSpace(finding.Suggestion)
            ? Say("notice.finding", Texts.Args(("n", n), ("label", label), ("reason", reason)), english).Detail
            : Say("notice.suggestion", Texts.Args(("n", n), ("label", label), ("reason", reason), ("suggestion", Bare(Safe(finding.Suggestion)))), english).Detail;
    }

    /// <summary>What a remark is about: the paper, the field, or the whole filing.</summary>
    private string LabelOf(Filing filing, ReviewFinding finding, bool english)
    {
        if (finding.MaterialId is { } id && book.FindMaterial(filing.FindPaper(id)?.Kind) is { } paper)
        {
            return paper.Name;
        }

        var pointer = string.Join('/', finding.Path.Split('/').Select((part, i) => i == 2 && finding.Path.StartsWith("/sites/", StringComparison.Ordinal) ? "*" : part));
        return book.Tables.Fields.FirstOrDefault(f => f.Pointer == pointer) is { } field ? english ? field.Label.En : field.Label.Zh : Say("notice.whole", Texts.NoArgs, english).Title;
    }

    /// <summary>The facts by name, for providers that fill templates of their own; those that are not known are left out.</summary>
    private static Dictionary<string, string> Facts(Filing filing, HistoryEntry entry)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in MessageFacts.Names)
        {
            var fact = MessageFacts.Of(name, filing, entry);
            if ((fact.At is { } at ? Clock(at) : fact.Text) is { Length: > 0 } value)
            {
                facts[name] = MessageText.Clean(value);
            }
        }

        return facts;
    }

    private TextEntry Said(HistoryEntry entry, bool english) => Say(MessageEvent.CodeOf(entry), Texts.NoArgs, english);

    private TextEntry Say(string code, IReadOnlyDictionary<string, string> args, bool english) => texts.Find(code, english, args);

    /// <summary>A person's words on one line, without whole numbers of people.</summary>
    private static string Safe(string? text) => MessageValues.WithoutNumbers(MessageText.Clean(text));

    /// <summary>Without the full stop that the sentence round it has.</summary>
    private static string Bare(string sentence) => sentence.TrimEnd('。', '.', ' ');

    private static string Clock(DateTimeOffset at) => at.ToOffset(ChinaTime.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
