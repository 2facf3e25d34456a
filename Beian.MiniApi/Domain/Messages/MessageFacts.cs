using System.Collections.Frozen;
using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Domain.Messages;

/// <summary>What can be said about an event of a filing, by the names that the settings use. Knows the filing as it was after the event.</summary>
public static class MessageFacts
{
    private static readonly FrozenDictionary<string, Func<Filing, HistoryEntry, MessageFact>> Sources =
        new Dictionary<string, Func<Filing, HistoryEntry, MessageFact>>
        {
            ["subject"] = (f, _) => new(f.Snapshot.Subject.Name),
            ["site"] = (f, _) => new(f.Snapshot.Sites.Count == 0 ? null : f.Snapshot.Sites[0].Name),
            ["domain"] = (f, _) => new(f.Snapshot.Sites.Count == 0 ? f.Snapshot.Verification.Domain : f.Snapshot.Sites[0].Domain),
            ["state"] = (_, e) => new(PhraseOf(e.To)),
            ["at"] = (_, e) => new(null, e.At),
            ["number"] = (f, _) => new(f.Snapshot.Number),
            ["hint"] = (_, e) => new(HintOf(e)),
            ["reason"] = (f, e) => new(ReasonOf(f.Snapshot, e)),
            ["deadline"] = (f, e) => new(null, DeadlineOf(f.Snapshot, e)),
            ["phoneTail"] = (f, _) => new(Tails(f)),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names of all facts.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Sources.Keys.Order(StringComparer.Ordinal)];

    /// <summary>One fact.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static MessageFact Of(string name, Filing filing, HistoryEntry entry) => Sources[name](filing, entry);

    /// <summary>A state in at most five Chinese characters.</summary>
    public static string PhraseOf(FilingState state) => state switch
    {
        FilingState.Draft => "待提交",
        FilingState.DraftExpired => "草稿失效",
        FilingState.Checking => "提交检查",
        FilingState.ProviderReview => "初审中",
        FilingState.ModificationRequested => "待补正",
        FilingState.ProviderRejected => "初审驳回",
        FilingState.PendingAuthority => "待提交管局",
        FilingState.SmsVerification => "短信核验",
        FilingState.SmsFailed => "核验失败",
        FilingState.AuthorityReview => "管局审核",
        FilingState.AuthorityRejected => "管局驳回",
        FilingState.Approved => "备案成功",
        FilingState.Abandoned => "已放弃",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private static string HintOf(HistoryEntry entry) => MessageEvent.All[MessageEvent.CodeOf(entry)].Hint;

    /// <summary>Why it came back: the first finding of this entry or of the one that led here, the authority's words, else what to do.</summary>
    private static string ReasonOf(FilingSnapshot filing, HistoryEntry entry)
    {
        var why = entry.Action == FilingAction.Remind ? ArrivedBy(filing, entry) : entry;
        var said = why.Findings.Select(f => f.Reason).FirstOrDefault(r => !string.IsNullOrWhiteSpace(r)) ?? why.Note;
        return string.IsNullOrWhiteSpace(said) ? HintOf(entry) : MessageValues.WithoutNumbers(said);
    }

    /// <summary>Until when somebody has to act; null where nobody has to.</summary>
    internal static DateTimeOffset? DeadlineOf(FilingSnapshot filing, HistoryEntry entry)
    {
        var since = ArrivedBy(filing, entry).At;
        return entry.To switch
        {
            FilingState.Draft => (filing.LastActivityAt > since ? filing.LastActivityAt : since) + FilingTimes.DraftIdle,
            FilingState.SmsVerification => since + FilingTimes.SmsVerification,
            _ when Array.IndexOf(FilingTransitions.WaitingForApplicant, entry.To) >= 0 => since + FilingTimes.ApplicantIdle,
            _ => null,
        };
    }

    /// <summary>The entry by which the state of <paramref name="entry"/> was reached.</summary>
    internal static HistoryEntry ArrivedBy(FilingSnapshot filing, HistoryEntry entry) =>
        filing.History.LastOrDefault(e => e.Seq <= entry.Seq && e.From != e.To && e.To == entry.To) ?? entry;

    /// <summary>The last four digits of the numbers that get the ministry's code.</summary>
    private static string? Tails(Filing filing)
    {
        var s = filing.Snapshot;
        var mobiles = s.SmsTargets.Select(t => filing.FindSite(t.SiteId ?? string.Empty) is { } site ? filing.PrincipalOf(site).Mobile : s.Subject.Principal.Mobile);
        var tails = mobiles.DefaultIfEmpty(s.Subject.Principal.Mobile).OfType<string>().Select(MessageValues.LastFour).Distinct(StringComparer.Ordinal).ToArray();
        return tails.Length == 0 ? null : "尾号" + string.Join('、', tails.Take(3));
    }
}
