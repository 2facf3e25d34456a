using System.Security.Cryptography;
using System.Text.Json;
using Beian.MiniApi.Domain;

namespace Beian.MiniApi.WeChat;

/// <summary>Data of a user that a phone hands over encrypted with the session key (<c>encryptedData</c> and <c>iv</c>). Never prints.</summary>
/// <param name="Json">All of it; new members may appear.</param>
/// <param name="At">When WeChat made it.</param>
public sealed record WeChatUserData(JsonElement Json, DateTimeOffset At)
{
    private const int KeyBytes = 16;

    /// <summary>Far more than any of it has.</summary>
    private const int MaxBase64 = 64 * 1024;

    /// <summary>Opens the data, and believes it only if it is of this Mini Program and was made lately.</summary>
    /// <param name="sessionKey">The user's present session key; data made with an older one does not open.</param>
    /// <param name="iv">As the phone sent it.</param>
    /// <param name="encryptedData">As the phone sent it.</param>
    /// <param name="appId">Ours.</param>
    /// <param name="now">The present.</param>
    /// <param name="maxAge">How old it may be; as much is allowed into the future for clocks that differ, but no more than a minute.</param>
    /// <returns>Refused with <c>wechat.dataUnknown</c> whatever is wrong with it.</returns>
    public static Result<WeChatUserData> Open(string sessionKey, string iv, string encryptedData, string appId, DateTimeOffset now, TimeSpan maxAge)
    {
        if (Decrypt(sessionKey, iv, encryptedData) is not { } plain)
        {
            return WeChatErrors.DataUnknown();
        }

        try
        {
            using var document = JsonDocument.Parse(plain);
            var root = document.RootElement;
            if (root.Member("watermark") is not { } mark || mark.TextOf("appid") != appId || mark.NumberOf("timestamp") is not { } seconds)
            {
                return WeChatErrors.DataUnknown();
            }

            var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
            return at < now - maxAge || at > now + TimeSpan.FromMinutes(1) ? WeChatErrors.DataUnknown() : new WeChatUserData(root.Clone(), at);
        }
        catch (JsonException)
        {
            return WeChatErrors.DataUnknown();
        }
    }

    public override string ToString() => nameof(WeChatUserData);

    /// <summary>AES-128-CBC with the usual padding; null for what does not open.</summary>
    private static byte[]? Decrypt(string sessionKey, string iv, string encryptedData)
    {
        if (encryptedData.Length > MaxBase64)
        {
            return null;
        }

        try
        {
            var key = Convert.FromBase64String(sessionKey);
            var start = Convert.FromBase64String(iv);
            if (key.Length != KeyBytes || start.Length != KeyBytes)
            {
                return null;
            }

            using var aes = Aes.Create();
            aes.Key = key;
            return aes.DecryptCbc(Convert.FromBase64String(encryptedData), start, PaddingMode.PKCS7);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
