using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Consents;

/// <param name="Id">Id of the reference set <c>agreements</c>.</param>
/// <param name="Version">The version that was shown; only the current one can be consented to.</param>
public sealed record GiveConsentRequest(string Id, string Version);

internal static class GiveConsent
{
    public static async Task<Answer> HandleAsync(
        Body<GiveConsentRequest> body, CurrentUser user, IConsentStore consents, ReferenceBook book, BusinessClock clock, Idempotency idempotency, CancellationToken cancellationToken)
    {
        if (book.Tables.Agreements.FirstOrDefault(a => a.Id == body.Value.Id) is not { } text)
        {
            return ConsentErrors.UnknownText().ToAnswer();
        }

        if (body.Value.Version != text.Version)
        {
            return ConsentErrors.Outdated(new CurrentText(text.Id, text.Version)).ToAnswer();
        }

        Answer? created = null;
        var standing = await consents.FollowAsync(
            user.UserId,
            text.Id,
            last =>
            {
                // Saying again what stands already would make the history longer, not truer.
                if (last is { Action: ConsentAction.Given } && last.Version == text.Version)
                {
                    return null;
                }

                var now = clock.GetUtcNow();
                var given = new Consent(Guid.CreateVersion7(now).ToString("N"), text.Id, text.Version, ConsentAction.Given, ConsentSource.User, now);
                created = Answer.Created("/api/v1/me/consents", ConsentView.From(given));
                return new ConsentAddition(given, idempotency.Record(created));
            },
            cancellationToken);
        return created ?? Answer.Ok(ConsentView.From(standing!));
    }
}
