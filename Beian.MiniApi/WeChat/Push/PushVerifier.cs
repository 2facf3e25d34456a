using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.WeChat.Push;

/// <summary>What came of checking a push: exactly one of the two.</summary>
/// <param name="Event">Sent by WeChat, for us, lately.</param>
/// <param name="Refusal">One of <see cref="PushRefusals"/>.</param>
public sealed record PushVerdict(WeChatEvent? Event, string? Refusal);

/// <summary>Why a push is refused: for our own logs and counters, never for whoever sent it.</summary>
public static class PushRefusals
{
    /// <summary>Not signed with our Token, or not the body that was signed.</summary>
    public const string Signature = "signature";

    /// <summary>Signed too long ago, or in the future.</summary>
    public const string Stale = "stale";

    /// <summary>In plain mode: a signature that came before, with another body.</summary>
    public const string Replayed = "replayed";

    /// <summary>Encrypted where it should be plain, or the other way round.</summary>
    public const string WrongMode = "wrongMode";

    /// <summary>Neither JSON nor XML, cut off, or without what every push has.</summary>
    public const string Malformed = "malformed";

    /// <summary>Larger than any push.</summary>
    public const string TooLarge = "tooLarge";

    /// <summary>Signed by us but encrypted with another key, or damaged inside.</summary>
    public const string Undecryptable = "undecryptable";

    /// <summary>Meant for another Mini Program.</summary>
    public const string ForeignAppId = "foreignAppId";
}

/// <summary>
/// Whether a push comes from WeChat and is for us. Nothing inside the body is believed before its signature: in plain mode that of the address, which is all
/// there is, and in the others that of the encrypted body alone, never the one of the address.
/// </summary>
public sealed class PushVerifier(IOptions<WeChatPushOptions> options, IOptions<WeChatOptions> app, TimeProvider time)
{
    private const int MaxNonce = 128;
    private const int MaxTimestamp = 12;
    private const int MaxEcho = 256;
    private const string Encrypt = "Encrypt";

    /// <summary>Fields of an event, which a secure body does not show.</summary>
    private static readonly string[] OpenFields = ["FromUserName", "MsgType", "Event"];

    private readonly IReadOnlyList<string> _tokens = options.Value.Tokens();
    private readonly IReadOnlyList<byte[]> _keys = options.Value.Keys();
    private readonly byte[] _appId = Encoding.UTF8.GetBytes(app.Value.AppId);

    /// <summary>Why the check of our address is refused, or null when it is WeChat's.</summary>
    public string? RefuseEcho(PushQuery query)
    {
        if (query is not { Timestamp.Length: > 0 and <= MaxTimestamp, Nonce.Length: > 0 and <= MaxNonce, Echo.Length: > 0 and <= MaxEcho })
        {
            return PushRefusals.Malformed;
        }

        return PushSignature.Matches(query.Signature, _tokens, query.Timestamp, query.Nonce) ? RefuseTime(query.Timestamp) : PushRefusals.Signature;
    }

    /// <summary>The event of a push, or why it is refused.</summary>
    /// <param name="query">Of its address.</param>
    /// <param name="body">Whole, at most <see cref="PushDocument.MaxBytes"/>.</param>
    public PushVerdict Verify(PushQuery query, ReadOnlySpan<byte> body)
    {
        if (query is not { Timestamp.Length: > 0 and <= MaxTimestamp, Nonce.Length: > 0 and <= MaxNonce })
        {
            return Refuse(PushRefusals.Malformed);
        }

        return options.Value.IsEncrypted ? VerifyEncrypted(query, body) : VerifyPlain(query, body);
    }

    private PushVerdict VerifyPlain(PushQuery query, ReadOnlySpan<byte> body)
    {
        if (!PushSignature.Matches(query.Signature, _tokens, query.Timestamp!, query.Nonce!))
        {
            return Refuse(PushRefusals.Signature);
        }

        if (RefuseTime(query.Timestamp!) is { } refusal)
        {
            return Refuse(refusal);
        }

        return query.EncryptType == "aes" ? Refuse(PushRefusals.WrongMode) : Accept(PushDocument.Read(body), encrypted: false);
    }

    private PushVerdict VerifyEncrypted(PushQuery query, ReadOnlySpan<byte> body)
    {
        if (PushDocument.Read(body) is not { } envelope)
        {
            return Refuse(PushRefusals.Malformed);
        }

        if (WeChatEvent.TextOf(envelope, Encrypt) is not { } encrypted)
        {
            return Refuse(PushRefusals.WrongMode);
        }

        if (!PushSignature.Matches(query.MessageSignature, _tokens, query.Timestamp!, query.Nonce!, encrypted))
        {
            return Refuse(PushRefusals.Signature);
        }

        if (options.Value.Mode == WeChatPushOptions.Secure && OpenFields.Any(envelope.ContainsKey))
        {
            return Refuse(PushRefusals.WrongMode);
        }

        return RefuseTime(query.Timestamp!) is { } refusal ? Refuse(refusal) : Open(encrypted);
    }

    private PushVerdict Open(string encrypted)
    {
        var opened = _keys.Select(key => PushCipher.Open(key, encrypted)).OfType<PushContent>().ToList();
        if (opened.Count == 0)
        {
            return Refuse(PushRefusals.Undecryptable);
        }

        return opened.Find(c => CryptographicOperations.FixedTimeEquals(c.AppId, _appId)) is { } ours
            ? Accept(PushDocument.Read(ours.Message), encrypted: true)
            : Refuse(PushRefusals.ForeignAppId);
    }

    /// <summary>An event that names an appid names ours. What is encrypted inside what was encrypted, or where nothing should be, is no event.</summary>
    private PushVerdict Accept(JsonObject? fields, bool encrypted)
    {
        if (fields is null)
        {
            return Refuse(PushRefusals.Malformed);
        }

        if (fields.ContainsKey(Encrypt))
        {
            return Refuse(encrypted ? PushRefusals.Malformed : PushRefusals.WrongMode);
        }

        var pushed = WeChatEvent.Of(fields);
        return pushed.Text("appid") is { } named && named != app.Value.AppId ? Refuse(PushRefusals.ForeignAppId) : new PushVerdict(pushed, null);
    }

    private string? RefuseTime(string timestamp)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return PushRefusals.Malformed;
        }

        var window = options.Value.TimestampWindow;
        var off = Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - seconds);
        return window > TimeSpan.Zero && off > window.TotalSeconds ? PushRefusals.Stale : null;
    }

    private static PushVerdict Refuse(string reason) => new(null, reason);
}
