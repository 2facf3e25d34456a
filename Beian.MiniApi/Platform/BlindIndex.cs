using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform;

/// <summary>
/// Keyed fingerprints by which personal data is found again without being stored in the clear: equal values of one purpose have equal fingerprints,
/// and nobody without the key can try values out.
/// </summary>
public sealed class BlindIndex(IOptions<KeysOptions> options, LocalKeys keys)
{
    /// <summary>Purpose of the index over openids.</summary>
    public const string OpenId = "openid";

    /// <summary>Purpose of the index over mobile numbers that text messages go to.</summary>
    public const string DeliveryMobile = "delivery.mobile";

    /// <summary>Purpose of the index over mail addresses that mails go to, in capitals.</summary>
    public const string DeliveryEmail = "delivery.email";

    private readonly Lazy<byte[]> _key = new(() =>
        options.Value.BlindIndex is null ? keys.Generated("blind-index") : LocalKeys.Parse(options.Value.BlindIndex) ?? throw new InvalidOperationException("Keys:BlindIndex is no key."));

    /// <summary>HMAC-SHA256 in lower-case hex.</summary>
    /// <param name="purpose">Keeps the indexes of different fields apart; a constant without line breaks.</param>
    /// <param name="value">Compared byte by byte: the caller normalises case and spaces.</param>
    public string Of(string purpose, string value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{purpose}\n{value}")));
}
