using System.Text.Json;
using Beian.MiniApi.Domain.Accounts;

namespace Beian.MiniApi.Storage;

/// <summary>What is sealed of accounts and users, in whichever engine.</summary>
internal static class StoredAccounts
{
    public static byte[] Write(Account account)
    {
        var r = account.RealName;
        return Json(new AccountRow(account.CreatedAt, r.Kind, r.Name, r.CertificateType, r.CertificateNumber, r.VerifiedAt));
    }

    public static Account ReadAccount(byte[] plain, string id)
    {
        var row = JsonSerializer.Deserialize<AccountRow>(plain, StoredJson.Options)!;
        var account = Account.Create(id, row.CreatedAt).Value;
        return row.Kind is null
            ? account
            : account.With(RealName.Verified(row.Kind, row.Name, row.CertificateType, row.CertificateNumber, row.VerifiedAt).Value);
    }

    public static byte[] Write(User user) =>
        Json(new UserRow(user.OpenId, user.UnionId, user.Phone, user.CreatedAt, user.Notifications.Progress, user.Notifications.Reminders, user.Language));

    public static User ReadUser(byte[] plain, string id, string accountId)
    {
        var row = JsonSerializer.Deserialize<UserRow>(plain, StoredJson.Options)!;
        return User.Create(id, accountId, row.OpenId, row.CreatedAt)
            .WithUnionId(row.UnionId)
            .WithPhone(row.Phone)
            .With(new NotificationChoices(row.Progress, row.Reminders))
            .Speaking(row.Language);
    }

    private static byte[] Json<T>(T row) => JsonSerializer.SerializeToUtf8Bytes(row, StoredJson.Options);

    private sealed record AccountRow(
        DateTimeOffset CreatedAt, RealNameKind? Kind, string? Name, int? CertificateType, string? CertificateNumber, DateTimeOffset? VerifiedAt);

    private sealed record UserRow(string OpenId, string? UnionId, string? Phone, DateTimeOffset CreatedAt, bool Progress, bool Reminders, string? Language = null);
}
