using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.FaceChecks;

/// <param name="Code">From the applicant; 22 characters.</param>
public sealed record RedeemHandoverRequest(string Code)
{
    public override string ToString() => nameof(RedeemHandoverRequest);
}

/// <summary>Whom somebody is asked to show their face for, and nothing else of the filing.</summary>
/// <param name="HandoverId">For starting the check and reading its result.</param>
/// <param name="PersonName">Whose face is asked for: the first character of the name and stars.</param>
/// <param name="SiteDomain">Of which site they are to be the principal.</param>
/// <param name="ProviderName">Who compares the face, for people.</param>
/// <param name="ExpiresAt">Business time until which the check can be started.</param>
public sealed record RedeemedHandoverView(string HandoverId, string PersonName, string? SiteDomain, string ProviderName, DateTimeOffset ExpiresAt);

internal static class RedeemHandover
{
    public static async Task<Answer> HandleAsync(
        Body<RedeemHandoverRequest> body,
        CurrentUser user,
        FilingDesk desk,
        Handovers handovers,
        IFaceCheckProvider provider,
        TextCatalogue texts,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        if (!(await handovers.RedeemAsync(body.Value.Code, user.UserId, desk, cancellationToken)).TryGet(out var open, out var refusal))
        {
            return refusal.ToAnswer();
        }

        var (handover, seen, site) = open;
        var person = seen.Filing.PrincipalOf(site);
        var name = texts.Find(provider.NameCode, Problems.WantsEnglish(http), Domain.Texts.NoArgs).Title;
        return Answer.Ok(new RedeemedHandoverView(handover.Id, Masking.For(Viewer.Guest).Name(person.Name!.Trim()), site.Checks.DisplayDomain ?? site.Domain, name, handover.ExpiresAt));
    }
}
