using System.Text.Json;
using Beian.MiniApi.Tests.House;

namespace Beian.MiniApi.Tests.WeChat.Push;

/// <summary>One vector of message push: official examples, demos of SDKs and computed ones. What a kind does not have is empty.</summary>
public sealed record PushVector
{
    public string Id { get; init; } = string.Empty;

    public string Token { get; init; } = string.Empty;

    public string EncodingAesKey { get; init; } = string.Empty;

    public string Appid { get; init; } = string.Empty;

    public string Timestamp { get; init; } = string.Empty;

    public string Nonce { get; init; } = string.Empty;

    public string Random { get; init; } = string.Empty;

    public string Plaintext { get; init; } = string.Empty;

    public int PlaintextUtf8Bytes { get; init; }

    public int PadByte { get; init; }

    public string Encrypt { get; init; } = string.Empty;

    public string MsgSignature { get; init; } = string.Empty;

    public string Signature { get; init; } = string.Empty;

    public string? Query { get; init; }

    public string? Body { get; init; }

    public string? Echostr { get; init; }

    public override string ToString() => Id;
}

/// <summary>The vectors in <c>vectors/push.json</c>.</summary>
internal static class PushVectors
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Dictionary<string, PushVector[]> Read = JsonSerializer.Deserialize<Dictionary<string, PushVector[]>>(
        Repository.Read("Beian.MiniApi.Tests/WeChat/vectors/push.json"), Json)!;

    public static IReadOnlyList<PushVector> Plain => Read["push_plain_signature"];

    public static IReadOnlyList<PushVector> Encrypted => Read["push_aes"];

    public static IReadOnlyList<PushVector> Negative => Read["push_aes_negative"];

    public static PushVector Of(string id) => Encrypted.Concat(Negative).Concat(Plain).Single(v => v.Id == id);
}
