using Beian.MiniApi.Domain;

namespace Beian.MiniApi.WeChat;

/// <summary>The one door to WeChat. Every refusal is a value made by <see cref="WeChatErrors"/>.</summary>
public interface IWeChatClient
{
    /// <summary>
    /// Exchanges a login code. Calls with one code in flight together share the exchange; once it succeeded the code is used and refused with
    /// <c>auth.codeUsed</c>. Cancelling one caller does not cancel the exchange for the others.
    /// </summary>
    Task<Result<WeChatSession>> Code2SessionAsync(string code, CancellationToken cancellationToken);

    /// <summary>The current access token, fetched when there is none and renewed in the background when fewer than 300 s are left.</summary>
    Task<Result<WeChatToken>> GetAccessTokenAsync(CancellationToken cancellationToken);
}

/// <summary>What a login code stood for. Never leaves the server and never prints.</summary>
/// <param name="OpenId">The user within this Mini Program.</param>
/// <param name="SessionKey">Base64 text of 16 bytes: the secret WeChat signs and encrypts this user's data with.</param>
/// <param name="UnionId">The person across the apps of one open-platform account; null where the Mini Program is bound to none.</param>
public sealed record WeChatSession(string OpenId, string SessionKey, string? UnionId)
{
    public override string ToString() => nameof(WeChatSession);
}

/// <summary>An access token. Never prints.</summary>
/// <param name="Value">The token; up to 512 characters.</param>
/// <param name="FetchedAt">When this process got it.</param>
/// <param name="ExpiresAt">The first instant at which it no longer works.</param>
public sealed record WeChatToken(string Value, DateTimeOffset FetchedAt, DateTimeOffset ExpiresAt)
{
    public override string ToString() => nameof(WeChatToken);
}
