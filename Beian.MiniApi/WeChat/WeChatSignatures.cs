using System.Security.Cryptography;
using System.Text;

namespace Beian.MiniApi.WeChat;

/// <summary>Signatures that are made with what only WeChat and we know.</summary>
public static class WeChatSignatures
{
    /// <summary>Signature of a user's state: HMAC-SHA256 in hex, keyed with the session key as text. Its decoded bytes would give another one.</summary>
    public static string OfSession(string sessionKey, string message) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(sessionKey), Encoding.UTF8.GetBytes(message)));

    /// <summary>Whether a signature covers the plain data that came with it, as <c>wx.getUserProfile</c> and its like send it.</summary>
    public static bool CoversRawData(string rawData, string sessionKey, string signature)
    {
#pragma warning disable CA5350 // WeChat's choice.
        var expected = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(rawData + sessionKey)));
#pragma warning restore CA5350
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
    }

    /// <summary>Digest of a certificate, by which WeChat compares who was asked for with who was recognised.</summary>
    public static string OfCertificate(string type, string name, string number) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"cert_type={Base64(type)}&cert_name={Base64(name)}&cert_no={Base64(number)}")));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
