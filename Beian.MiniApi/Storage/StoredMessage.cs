using System.Text.Json;

namespace Beian.MiniApi.Storage;

/// <summary>What is sealed of a subscription message, and how the rest of it is written.</summary>
internal sealed record StoredMessage(string? Page, IReadOnlyDictionary<string, string> Data)
{
    /// <summary>How far WeChat's clock, which tells whole seconds, may be behind ours.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(2);

    public static byte[] Write(QueuedMessage message) => JsonSerializer.SerializeToUtf8Bytes(new StoredMessage(message.Page, message.Data), StoredJson.Options);

    public static StoredMessage Read(byte[] plain) => JsonSerializer.Deserialize<StoredMessage>(plain, StoredJson.Options)!;

    /// <summary>As <see cref="SealedColumns.Messages"/> has it: the id of the message is not known yet when the body is sealed.</summary>
    public static string KeyOf(string notificationId, string userId) => $"{notificationId} {userId}";

    public static string NameOf(MessageState state) => char.ToLowerInvariant(state.ToString()[0]) + state.ToString()[1..];
}
