namespace Beian.MiniApi.Domain.Accounts;

/// <summary>Which WeChat messages a user wants. The inbox of the mini program gets everything all the same.</summary>
/// <param name="Progress">The filing moved on or came back.</param>
/// <param name="Reminders">A deadline comes near.</param>
public sealed record NotificationChoices(bool Progress, bool Reminders)
{
    /// <summary>Everything, until the user says otherwise.</summary>
    public static readonly NotificationChoices All = new(true, true);
}

/// <summary>A WeChat user of this mini program.</summary>
public sealed record User
{
    private User(string id, string accountId, string openId, DateTimeOffset createdAt) =>
        (Id, AccountId, OpenId, CreatedAt) = (id, accountId, openId, createdAt);

    public string Id { get; }

    /// <summary>The account the user works for.</summary>
    public string AccountId { get; private init; }

    /// <summary>WeChat's name for the user in this mini program. Needed to send messages; never leaves the server.</summary>
    public string OpenId { get; }

    /// <summary>WeChat's name across the mini programs of one owner, or null; users are never keyed on it.</summary>
    public string? UnionId { get; private init; }

    /// <summary>Bound mobile number with digits only, or null.</summary>
    public string? Phone { get; private init; }

    public DateTimeOffset CreatedAt { get; }

    public NotificationChoices Notifications { get; private init; } = NotificationChoices.All;

    /// <summary>The languages there are texts in.</summary>
    public static readonly string[] Languages = ["zh-CN", "en"];

    /// <summary>Language that the user last chose, one of <see cref="Languages"/>; null while none was chosen.</summary>
    public string? Language { get; private init; }

    /// <summary>The phone as it may be shown: first three and last four digits, or null.</summary>
    public string? MaskedPhone => Phone switch
    {
        null => null,
        { Length: >= 8 } p => $"{p[..3]}****{p[^4..]}",
        _ => "****",
    };

    /// <exception cref="ArgumentException">An id is empty: these come from ourselves and from WeChat, not from callers.</exception>
    public static User Create(string id, string accountId, string openId, DateTimeOffset createdAt)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrEmpty(accountId);
        ArgumentException.ThrowIfNullOrEmpty(openId);
        return new User(id, accountId, openId, createdAt);
    }

    public User InAccount(string accountId) => this with { AccountId = accountId };

    public User With(NotificationChoices notifications) => this with { Notifications = notifications };

    /// <param name="language">One of <see cref="Languages"/>, or null to leave it open.</param>
    public User Speaking(string? language) => this with { Language = language };

    /// <param name="phone">Null unbinds.</param>
    public User WithPhone(string? phone) => this with { Phone = phone };

    /// <param name="unionId">Null when WeChat did not send one.</param>
    public User WithUnionId(string? unionId) => this with { UnionId = unionId };

    /// <summary>Only the id: records end up in logs.</summary>
    public override string ToString() => $"User {Id}";
}
