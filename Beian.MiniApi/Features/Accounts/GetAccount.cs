using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Accounts;

/// <summary>Everything the provider fed about who an account is.</summary>
/// <param name="Status"><c>none</c> or <c>verified</c>.</param>
/// <param name="Kind">Null while nothing is verified.</param>
/// <param name="Name">Null while nothing is verified.</param>
/// <param name="CertificateType">Code of the certificate-types data; null when it was not fed.</param>
/// <param name="CertificateNumber">Null exactly when the type is.</param>
/// <param name="VerifiedAt">Null while nothing is verified.</param>
public sealed record RealNameView(
    RealNameStatus Status, RealNameKind? Kind, string? Name, int? CertificateType, string? CertificateNumber, DateTimeOffset? VerifiedAt);

/// <summary>An account as an admin sees it.</summary>
/// <param name="Id">The provider's customer id.</param>
/// <param name="RealName">What was fed.</param>
/// <param name="UserIds">Everybody who works for it.</param>
/// <param name="CreatedAt">When it came to this service.</param>
public sealed record AccountView(string Id, RealNameView RealName, IReadOnlyList<string> UserIds, DateTimeOffset CreatedAt)
{
    public static AccountView From(AccountUsers stored)
    {
        var r = stored.Account.RealName;
        return new AccountView(
            stored.Account.Id,
            new RealNameView(r.Status, r.Kind, r.Name, r.CertificateType, r.CertificateNumber, r.VerifiedAt),
            stored.UserIds,
            stored.Account.CreatedAt);
    }
}

internal static class GetAccount
{
    public static async Task<Answer> HandleAsync(string accountId, IAccountStore accounts, CancellationToken cancellationToken)
    {
        if (await accounts.FindWithUsersAsync(accountId, cancellationToken) is not { } stored)
        {
            return AccountErrors.NotFound().ToAnswer();
        }

        AuditScope.Sees(new Sighting(AuditActs.ViewedInFull, "accounts", stored.Account.Id, stored.Account.Id));
        return Answer.Ok(AccountView.From(stored));
    }
}
