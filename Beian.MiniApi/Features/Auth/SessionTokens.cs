using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.Auth;

/// <summary>A pair of tokens, as answered to a refresh.</summary>
/// <param name="AccessToken">JWT for the <c>Authorization: Bearer</c> header.</param>
/// <param name="ExpiresIn">Seconds the access token lives.</param>
/// <param name="RefreshToken">Good for one refresh.</param>
public sealed record TokensView(string AccessToken, int ExpiresIn, string RefreshToken);

/// <summary>Opens sessions and hands out their tokens. Refresh tokens are 256 random bits of which only the SHA-256 is stored.</summary>
public sealed class SessionTokens(ISessionStore sessions, AccessTokens access, IOptions<AuthOptions> options, TimeProvider time, IHttpContextAccessor http)
{
    private const int RefreshBytes = 32;

    /// <summary>Longest text that can be one of ours: 32 bytes in base64url.</summary>
    private const int RefreshLength = 43;

    public async Task<TokensView> OpenAsync(string ownerId, Role role, CancellationToken cancellationToken)
    {
        var (sessionId, refresh) = await StartAsync(ownerId, role, cancellationToken);
        return View(ownerId, sessionId, role, refresh);
    }

    /// <summary>A session whose holder is known by something else than our tokens; it cannot be refreshed.</summary>
    /// <returns>The session's id.</returns>
    public async Task<string> OpenWithoutTokensAsync(string ownerId, Role role, CancellationToken cancellationToken) => (await StartAsync(ownerId, role, cancellationToken)).SessionId;

    private async Task<(string SessionId, string Refresh)> StartAsync(string ownerId, Role role, CancellationToken cancellationToken)
    {
        var lifetime = role == Role.Applicant ? options.Value.RefreshLifetime : options.Value.StaffRefreshLifetime;
        var session = Session.Start(Guid.CreateVersion7().ToString("N"), ownerId, role, time.GetUtcNow(), lifetime, DeviceFamily.Of(http.HttpContext?.Request.Headers.UserAgent));
        var refresh = NewRefreshToken();
        await sessions.StartAsync(session, HashOf(refresh), cancellationToken);
        return (session.Id, refresh);
    }

    public async Task<Result<TokensView>> RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        if (refreshToken.Length != RefreshLength)
        {
            return AuthErrors.RefreshInvalid();
        }

        var next = NewRefreshToken();
        var outcome = await sessions.RotateAsync(HashOf(refreshToken), HashOf(next), time.GetUtcNow(), cancellationToken);
        return outcome switch
        {
            { Rotation: Rotation.Rotated, Session: { } session } => View(session.OwnerId, outcome.SessionId, session.Role, next),
            { Rotation: Rotation.Reused } => AuthErrors.RefreshReused(),
            { Rotation: Rotation.Ended } => AuthErrors.SessionEnded(),
            _ => AuthErrors.RefreshInvalid(),
        };
    }

    private TokensView View(string ownerId, string sessionId, Role role, string refresh) =>
        new(access.Issue(ownerId, sessionId, role, time.GetUtcNow()), (int)access.Lifetime.TotalSeconds, refresh);

    private static string NewRefreshToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RefreshBytes));

    private static byte[] HashOf(string refreshToken) => SHA256.HashData(Encoding.UTF8.GetBytes(refreshToken));
}
