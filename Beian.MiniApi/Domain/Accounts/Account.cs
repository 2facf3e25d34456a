namespace Beian.MiniApi.Domain.Accounts;

/// <summary>
/// The provider's customer: owner of real-name facts, cloud resources, codes, one filed subject and one open filing. Several users may share one.
/// </summary>
public sealed record Account
{
    /// <summary>Longest account id, in characters of <c>A-Za-z0-9_-</c>.</summary>
    public const int MaxId = 64;

    private Account(string id, DateTimeOffset createdAt) => (Id, CreatedAt) = (id, createdAt);

    /// <summary>Chosen by the provider, or made up by us for a new user.</summary>
    public string Id { get; }

    public DateTimeOffset CreatedAt { get; }

    public RealName RealName { get; private init; } = RealName.None;

    public static Result<Account> Create(string id, DateTimeOffset createdAt)
    {
        if (!IsId(id))
        {
            return AccountErrors.BadId();
        }

        return new Account(id, createdAt);
    }

    /// <summary>True for 1 to 64 characters of <c>A-Za-z0-9_-</c>.</summary>
    public static bool IsId(string id) => id.Length is >= 1 and <= MaxId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    public Account With(RealName realName) => this with { RealName = realName };
}
