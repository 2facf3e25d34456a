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
    /// <param name="consentId">Id of the text, not of a record: what is withdrawn is the consent that stands.</param>
    public static async Task<Answer> HandleAsync(
        string consentId, CurrentUser user, IConsentStore consents, ReferenceBook book, BusinessClock clock, HttpContext http, CancellationToken cancellationToken)
    {
        if (await consents.FindLastAsync(user.UserId, consentId, cancellationToken) is not { Action: ConsentAction.Given } standing)
        {
            return ConsentErrors.NotGiven().ToAnswer();
        }

        if (book.Tables.Agreements.FirstOrDefault(a => a.Id == consentId)?.Withdrawal is not { } withdrawal)
        {
            return ConsentErrors.NotWithdrawable().ToAnswer();
        }

        var now = clock.GetUtcNow();
        var withdrawn = new Consent(Guid.CreateVersion7(now).ToString("N"), standing.TextId, standing.Version, ConsentAction.Withdrawn, ConsentSource.User, now);
        await consents.AddAsync(user.UserId, withdrawn, null, cancellationToken);
        return Answer.Ok(new WithdrawnConsentView(ConsentView.From(withdrawn), Problems.WantsEnglish(http) ? withdrawal.En : withdrawal.Zh));
    }
}
