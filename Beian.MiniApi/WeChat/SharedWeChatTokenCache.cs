using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Coordination;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.WeChat;

/// <summary>
/// The cache of several instances: the token lies sealed among what they share, by a key made of the app secret, which each of them has and the keeper has not.
/// While the keeper is away each goes on with what it saw last.
/// </summary>
internal sealed class SharedWeChatTokenCache(ISharedValues values, ICallCounts counts, IOptions<WeChatOptions> options, TimeProvider time) : IWeChatTokenCache
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int TimesBytes = 16;

    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    public async Task<WeChatToken?> FindAsync(string appId, CancellationToken cancellationToken) =>
        await values.FindAsync(NameOf(appId), cancellationToken) is { } kept ? Open(appId, kept) : null;

    public async Task StoreAsync(string appId, WeChatToken token, long fence, CancellationToken cancellationToken)
    {
        var life = token.ExpiresAt - time.GetUtcNow();
        if (life > TimeSpan.Zero)
        {
            await values.StoreAsync(NameOf(appId), Seal(appId, token), life, fence, cancellationToken);
        }
    }

    /// <summary>The gap first: one that was taken for nothing is over in seconds. While the keeper is away each instance has a budget of its own, and WeChat's limit stands behind them.</summary>
    public async Task<bool> TryTakeForcedRefreshAsync(string appId, DateTimeOffset now, TimeSpan minimumGap, int perDay, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(now.ToOffset(ChinaOffset).DateTime);
        return await counts.CountAsync($"wechat-forced-gap:{appId}", 1, minimumGap, cancellationToken) is null
            && await counts.CountAsync($"wechat-forced:{appId}:{today:O}", perDay, TimeSpan.FromDays(2), cancellationToken) is null;
    }

    private static string NameOf(string appId) => "wechat-token:" + appId;

    private byte[] Seal(string appId, WeChatToken token)
    {
        var text = Encoding.UTF8.GetBytes(token.Value);
        var plain = new byte[TimesBytes + text.Length];
        BinaryPrimitives.WriteInt64BigEndian(plain, token.FetchedAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(plain.AsSpan(8), token.ExpiresAt.ToUnixTimeMilliseconds());
        text.CopyTo(plain, TimesBytes);

        var sealedToken = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = sealedToken.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(Key(), TagBytes);
        cipher.Encrypt(nonce, plain, sealedToken.AsSpan(NonceBytes, plain.Length), sealedToken.AsSpan(NonceBytes + plain.Length), Encoding.UTF8.GetBytes(appId));
        return sealedToken;
    }

    /// <summary>Null for what another secret sealed, or nobody: a token is asked for anew.</summary>
    private WeChatToken? Open(string appId, byte[] kept)
    {
        if (kept.Length <= NonceBytes + TimesBytes + TagBytes)
        {
            return null;
        }

        var plain = new byte[kept.Length - NonceBytes - TagBytes];
        try
        {
            using var cipher = new AesGcm(Key(), TagBytes);
            cipher.Decrypt(kept.AsSpan(0, NonceBytes), kept.AsSpan(NonceBytes, plain.Length), kept.AsSpan(NonceBytes + plain.Length), plain, Encoding.UTF8.GetBytes(appId));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return new WeChatToken(
            Encoding.UTF8.GetString(plain.AsSpan(TimesBytes)),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(plain)),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(8))));
    }

    private byte[] Key() => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(options.Value.AppSecret), 32, info: "beian access token"u8.ToArray());
}
