using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Features.Review;

namespace Beian.MiniApi.ReviewConsole.Queue;

/// <summary>What the queue is narrowed to, as the form sends it. Null or empty means any.</summary>
/// <param name="State">Name of a state.</param>
/// <param name="Province">Division code.</param>
/// <param name="Assignee"><c>me</c>, <c>none</c> or a reviewer's id.</param>
/// <param name="Overdue">Only what is past its due time.</param>
/// <param name="Kind">Name of a kind.</param>
/// <param name="Text">A filing number or a domain, whole.</param>
public sealed record QueueChoice(string? State, string? Province, string? Assignee, bool Overdue, string? Kind, string? Text)
{
    /// <summary>The query of the page that is narrowed like this one, beginning with <c>?</c>; empty for the whole queue.</summary>
    public string Query()
    {
        (string Name, string? Value)[] all = [("state", State), ("province", Province), ("assignee", Assignee), ("overdue", Overdue ? "true" : null), ("kind", Kind), ("text", Text)];
        var set = all.Where(a => !string.IsNullOrEmpty(a.Value)).Select(a => $"{a.Name}={Uri.EscapeDataString(a.Value!)}").ToArray();
        return set.Length == 0 ? string.Empty : "?" + string.Join('&', set);
    }
}

/// <summary>A page of the queue.</summary>
/// <param name="Choice">What it is narrowed to.</param>
/// <param name="Items">The filings, the most urgent first.</param>
/// <param name="NextCursor">Of the page that follows; null on the last.</param>
/// <param name="States">States to choose from.</param>
/// <param name="Provinces">Provinces to choose from.</param>
/// <param name="Reviewers">Names of the members of staff by id.</param>
public sealed record QueueModel(
    QueueChoice Choice,
    IReadOnlyList<QueueItem> Items,
    string? NextCursor,
    IReadOnlyList<string> States,
    IReadOnlyList<Province> Provinces,
    IReadOnlyDictionary<string, string> Reviewers);
