using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Accounts;

/// <summary>Real-name facts as the provider feeds them.</summary>
/// <param name="Status"><c>verified</c>, or <c>none</c>, with which every other field stays away.</param>
/// <param name="Kind">Needed when verified.</param>
/// <param name="Name">Needed when verified.</param>
/// <param name="CertificateType">Code of the certificate-types data; null together with the number.</param>
/// <param name="CertificateNumber">Null together with the type.</param>
/// <param name="VerifiedAt">Null means now.</param>
public sealed record RealNameRequest(
    RealNameStatus Status,
    RealNameKind? Kind = null,
    string? Name = null,
    int? CertificateType = null,
    string? CertificateNumber = null,
    DateTimeOffset? VerifiedAt = null)
{
    /// <summary>Never the facts themselves: records end up in logs.</summary>
    public override string ToString() => $"{nameof(RealNameRequest)} {Status}";
}

/// <param name="RealName">Replaces the facts; null leaves them.</param>
/// <param name="UserIds">The full list of users; null leaves it.</param>
public sealed record PutAccountRequest(RealNameRequest? RealName = null, IReadOnlyList<string>? UserIds = null);

internal static class PutAccount
{
    public static async Task<Answer> HandleAsync(
        string accountId, Body<PutAccountRequest> body, IAccountStore accounts, BusinessClock time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!Account.Create(accountId, now).TryGet(out var account, out var badId))
        {
            return badId.ToAnswer();
        }

        RealName? realName = null;
        if (body.Value.RealName is { } facts && !Read(facts, now).TryGet(out realName, out var refusal))
        {
            return refusal.ToAnswer();
        }

        var feed = new AccountFeed(account, realName, body.Value.UserIds, () => Account.Create(Guid.CreateVersion7().ToString("N"), now).Value);
        var saved = await accounts.FeedAsync(feed, cancellationToken);
        if (!saved.TryGet(out var fed, out var refused))
        {
            return refused.ToAnswer();
        }

        var view = AccountView.From(fed.Account);
        return fed.Created ? Answer.Created($"/api/v1/admin/accounts/{accountId}", view) : Answer.Ok(view);
    }

    private static Result<RealName> Read(RealNameRequest facts, DateTimeOffset now)
    {
        if (facts.Status == RealNameStatus.None)
        {
            return facts == new RealNameRequest(RealNameStatus.None)
                ? RealName.None
                : AccountErrors.Invalid([new Finding("/realName/status", AccountErrors.FactsWithoutStatus)]);
        }

        var read = RealName.Verified(facts.Kind, facts.Name, facts.CertificateType, facts.CertificateNumber, facts.VerifiedAt ?? now);
        return read.Error is { } error ? AccountErrors.Invalid([.. error.Errors.Select(e => e with { Pointer = "/realName" + e.Pointer })]) : read;
    }
}
