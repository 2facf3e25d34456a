using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Storage;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.Checks;

/// <summary>
/// Has the published texts of a filing judged by WeChat's content safety, in the name of the user who hands them in: WeChat judges only for somebody who
/// had the Mini Program open within two hours. A text that has passed is not sent again. What WeChat cannot judge is unknown and stops nobody.
/// </summary>
public sealed class TextChecks(IWeChatClient weChat, IUserStore users, TimeProvider time)
{
    /// <summary>Texts of one filing that are judged at once.</summary>
    private const int AtOnce = 4;

    /// <param name="filing">Whose texts.</param>
    /// <param name="authorId">The user who hands them in.</param>
    /// <param name="progress">Hears about each site, and about the subject.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>One judgement a text, those of before included.</returns>
    public async Task<IReadOnlyList<TextJudgement>> CheckAsync(Filing filing, string authorId, CheckProgress progress, CancellationToken cancellationToken)
    {
        PublishedText[] texts = [.. filing.PublishedTexts()];
        if (texts.Length == 0)
        {
            return [];
        }

        var openId = (await users.FindAsync(authorId, cancellationToken))?.OpenId;
        using var room = new SemaphoreSlim(AtOnce);

        // A name that is written twice is sent once.
        var verdicts = texts.Where(t => !IsSettled(filing.JudgementOf(t))).Select(t => t.Value).Distinct(StringComparer.Ordinal)
            .ToDictionary(value => value, value => JudgeAsync(value, openId, room, cancellationToken), StringComparer.Ordinal);
        async Task<TextJudgement> OneAsync(PublishedText text) => verdicts.TryGetValue(text.Value, out var verdict) && !IsSettled(filing.JudgementOf(text))
            ? new TextJudgement(text.Digest, await verdict with { Field = text.Field })
            : filing.JudgementOf(text)!;
        async Task<IReadOnlyList<TextJudgement>> OfSiteAsync(IGrouping<string?, PublishedText> site)
        {
            var judging = Task.WhenAll(site.Select(OneAsync));
            await progress.FollowAsync(site.Key, [CheckNames.ContentSafety], ResultsAsync(judging));
            return await judging;
        }

        var all = await Task.WhenAll(texts.GroupBy(t => t.SiteId).Select(OfSiteAsync));
        return [.. all.SelectMany(x => x)];
    }

    private static async Task<IReadOnlyList<CheckResult>> ResultsAsync(Task<TextJudgement[]> judging) => [.. (await judging).Select(j => j.Result)];

    /// <summary>A verdict that lets the text pass is not asked for again; a risky one is, since opinions change.</summary>
    private static bool IsSettled(TextJudgement? judged) => judged?.Result.Outcome == CheckOutcome.Passed;

    private async Task<CheckResult> JudgeAsync(string text, string? openId, SemaphoreSlim room, CancellationToken cancellationToken)
    {
        if (openId is null)
        {
            return Unknown("author unknown");
        }

        CheckResult? worst = null;
        for (var at = 0; at < text.Length; at += WeChatText.MaxCharacters)
        {
            var piece = text.Substring(at, Math.Min(WeChatText.MaxCharacters, text.Length - at));
            var result = await AskAsync(new WeChatText(piece, openId, WeChatScene.Profile), room, cancellationToken);
            worst = worst is null || WeightOf(result) > WeightOf(worst) ? result : worst;
        }

        return worst!;
    }

    private async Task<CheckResult> AskAsync(WeChatText text, SemaphoreSlim room, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken);
        try
        {
            var asked = await weChat.CheckTextAsync(text, cancellationToken);
            if (!asked.TryGet(out var verdict, out var refusal))
            {
                return Unknown(refusal.Code);
            }

            var evidence = $"msg_sec_check label {verdict.Label}";
            return verdict.Suggestion switch
            {
                WeChatSuggestion.Pass => CheckResult.Passed(CheckNames.ContentSafety, null, time.GetUtcNow()),
                WeChatSuggestion.Risky => CheckResult.Failed(CheckNames.ContentSafety, ContentSafety.Risky, evidence, time.GetUtcNow()),
                WeChatSuggestion.Review => CheckResult.Warned(CheckNames.ContentSafety, ContentSafety.ForReview, evidence, time.GetUtcNow()),
                _ => Unknown("moderation.deferred"),
            };
        }
        finally
        {
            room.Release();
        }
    }

    private static int WeightOf(CheckResult result) => result switch
    {
        { Outcome: CheckOutcome.Failed } => 4,
        { Outcome: CheckOutcome.Unknown } => 3,
        { Code: not null } => 2,
        _ => 1,
    };

    private CheckResult Unknown(string why) => CheckResult.Unknown(CheckNames.ContentSafety, UnknownReason.Unavailable, "msg_sec_check " + why, time.GetUtcNow());
}
