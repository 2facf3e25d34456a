using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Filings;

/// <content>The texts that are published, and what the content safety said of them.</content>
public sealed partial class Filing
{
    /// <summary>Names and remarks of the sites, and the subject's remark; what is blank is none.</summary>
    public IEnumerable<PublishedText> PublishedTexts()
    {
        IEnumerable<PublishedText> all = _s.Sites
            .SelectMany(x => new[] { new PublishedText($"/sites/{x.Id}/name", x.Id, x.Name ?? string.Empty), new PublishedText($"/sites/{x.Id}/remark", x.Id, x.Remark ?? string.Empty) })
            .Prepend(new PublishedText("/subject/remark", null, _s.Subject.Remark ?? string.Empty));
        return all.Where(t => !string.IsNullOrWhiteSpace(t.Value));
    }

    /// <summary>What was said of the text as it stands now, or null when nobody judged it.</summary>
    public TextJudgement? JudgementOf(PublishedText text) =>
        _s.TextResults.FirstOrDefault(j => j.Result.Field == text.Field && j.Digest == text.Digest);

    /// <summary>Results about the texts as they stand now, each with its site.</summary>
    public IEnumerable<(string? SiteId, CheckResult Result)> TextResults() =>
        from text in PublishedTexts() let judged = JudgementOf(text) where judged is not null select (text.SiteId, judged.Result);

    private IEnumerable<CheckResult> TextResultsOf(string? siteId) => TextResults().Where(t => t.SiteId == siteId).Select(t => t.Result);

    /// <summary>The judgements that count after new ones came: only those of the present texts, and a verdict is not forgotten because nobody could be asked again.</summary>
    private IReadOnlyList<TextJudgement> Merged(IReadOnlyList<TextJudgement> fresh)
    {
        TextJudgement? Best(PublishedText text)
        {
            var known = JudgementOf(text);
            var heard = fresh.FirstOrDefault(j => j.Result.Field == text.Field && j.Digest == text.Digest);
            return heard is null || (heard.Result.Outcome == CheckOutcome.Unknown && known is { Result.Outcome: not CheckOutcome.Unknown }) ? known : heard;
        }

        return [.. PublishedTexts().Select(Best).OfType<TextJudgement>()];
    }
}
