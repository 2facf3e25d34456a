using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Consents;

/// <summary>A consent taken back.</summary>
/// <param name="Consent">The record of it.</param>
/// <param name="Consequences">What follows, in the caller's language.</param>
public sealed record WithdrawnConsentView(ConsentView Consent, string Consequences);

internal static class WithdrawConsent
{
    /// <param name="consentId">Id of the text, or of the caller's own record that is the consent which stands.</param>
    public static async Task<Answer> HandleAsync(
        string consentId, CurrentUser user, IConsentStore consents, ReferenceBook book, BusinessClock clock, HttpContext http, CancellationToken cancellationToken)
    {
        var record = await consents.FindAsync(user.UserId, consentId, cancellationToken);
        var textId = record?.TextId ?? consentId;
        var withdrawal = book.Tables.Agreements.FirstOrDefault(a => a.Id == textId)?.Withdrawal;
        Consent? withdrawn = null;
        var standing = await consents.FollowAsync(
            user.UserId,
            textId,
            last =>
            {
                if (!Stands(last, record) || withdrawal is null)
                {
                    return null;
                }

                var now = clock.GetUtcNow();
                withdrawn = new Consent(Guid.CreateVersion7(now).ToString("N"), textId, last!.Version, ConsentAction.Withdrawn, ConsentSource.User, now);
                return new ConsentAddition(withdrawn);
            },
            cancellationToken);
        if (withdrawn is null || withdrawal is null)
        {
            return (Stands(standing, record) ? ConsentErrors.NotWithdrawable() : ConsentErrors.NotGiven()).ToAnswer();
        }

        return Answer.Ok(new WithdrawnConsentView(ConsentView.From(withdrawn), Problems.WantsEnglish(http) ? withdrawal.En : withdrawal.Zh));
    }

    /// <summary>Whether the newest record is a consent, and the one that was named if one was.</summary>
    private static bool Stands(Consent? last, Consent? named) => last is { Action: ConsentAction.Given } && (named is null || named.Id == last.Id);
}
