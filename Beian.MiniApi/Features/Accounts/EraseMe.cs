using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Accounts;

/// <summary>What is kept of an erased user.</summary>
/// <param name="What">A word such as <c>filings</c>.</param>
/// <param name="Number">The filing's or subject's number; null for what has none.</param>
/// <param name="Code">Stable code of the reason.</param>
/// <param name="Why">The reason for people, in the caller's language.</param>
/// <param name="Until">When it goes too; null for as long as the reason holds.</param>
public sealed record KeptView(string What, string? Number, string Code, string Why, DateTimeOffset? Until);

/// <summary>What an erasure came to.</summary>
/// <param name="Erased">What is gone, and how many of it.</param>
/// <param name="Kept">What law, contract or other users need.</param>
public sealed record ErasedView(IReadOnlyList<ErasedItem> Erased, IReadOnlyList<KeptView> Kept);

internal static class EraseMe
{
    public static async Task<Answer> HandleAsync(CurrentUser caller, Erasing erasing, TextCatalogue texts, HttpContext http, CancellationToken cancellationToken)
    {
        var result = await erasing.EraseAsync(caller.UserId, cancellationToken);
        if (result.TryGet(out var erased, out var refusal))
        {
            var english = Problems.WantsEnglish(http);
            return Answer.Ok(new ErasedView(erased.Items, [.. erased.Kept.Select(k => new KeptView(k.What, k.Number, k.Why, texts.Find(k.Why, english, Texts.NoArgs).Detail, k.Until))]));
        }

        // Another request of the same user came first.
        return (refusal.Code == AccountErrors.NotFound().Code ? AuthErrors.SessionEnded() : refusal).ToAnswer();
    }
}
