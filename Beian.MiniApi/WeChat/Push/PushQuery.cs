using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Beian.MiniApi.WeChat.Push;

/// <summary>What the address of a push says about it. Everything is as sent, and null when it was not sent exactly once.</summary>
public sealed record PushQuery
{
    private const int MaxLength = 2048;

    /// <summary>Signs token, time and nonce, and never the body.</summary>
    public string? Signature { get; init; }

    /// <summary>Signs token, time, nonce and the encrypted body.</summary>
    public string? MessageSignature { get; init; }

    /// <summary>Unix seconds.</summary>
    public string? Timestamp { get; init; }

    public string? Nonce { get; init; }

    /// <summary><c>aes</c> when the body is encrypted.</summary>
    public string? EncryptType { get; init; }

    /// <summary>What the check of the address wants to have back.</summary>
    public string? Echo { get; init; }

    /// <summary>From a query string with or without its question mark; a longer one than WeChat writes says nothing.</summary>
    public static PushQuery Read(string? query)
    {
        var values = QueryHelpers.ParseQuery(query is { Length: <= MaxLength } ? query : string.Empty);
        return new PushQuery
        {
            Signature = One(values, "signature"),
            MessageSignature = One(values, "msg_signature"),
            Timestamp = One(values, "timestamp"),
            Nonce = One(values, "nonce"),
            EncryptType = One(values, "encrypt_type"),
            Echo = One(values, "echostr"),
        };
    }

    private static string? One(Dictionary<string, StringValues> values, string name) => values.TryGetValue(name, out var sent) && sent.Count == 1 ? sent[0] : null;
}
