using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Beian.MiniApi.Platform;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Push;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>How an event is pushed.</summary>
/// <param name="Event">Its fields; those that every event has are added when they are not there.</param>
/// <param name="User">Whose doing it is, by the name that logs in.</param>
/// <param name="IsXml">XML instead of JSON.</param>
/// <param name="Mode"><c>plain</c>, <c>compatible</c> or <c>secure</c>; null for the one of the settings.</param>
internal sealed record SandboxPushed(JsonObject Event, string User = "lin", bool IsXml = false, string? Mode = null);

/// <summary>One delivery of a push.</summary>
/// <param name="Status">HTTP status of the answer; null when there was none in time.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record SandboxDelivery(int? Status, long Milliseconds);

/// <summary>
/// WeChat's side of message push: signs and encrypts for real, calls this server's own address over HTTP, and sends the same bytes again, three times in
/// all, until they are answered with 200 and nothing or <c>success</c> within 5 seconds.
/// </summary>
internal sealed class SandboxPush(IHttpClientFactory clients, SelfAddress self, IOptions<WeChatPushOptions> push, IOptions<WeChatOptions> app, TimeProvider time)
    : ISandboxPusher
{
    /// <summary>Name of the client, which knows no proxy.</summary>
    public const string ClientName = "sandbox-push";

    private const int Deliveries = 3;
    private const string ToUser = "gh_sandbox000000";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether the settings say with what to sign and, for that mode, to encrypt.</summary>
    public bool CanSend(string? mode) =>
        push.Value.IsOn && ((mode ?? push.Value.Mode) == WeChatPushOptions.Plain || !string.IsNullOrEmpty(push.Value.EncodingAesKey));

    /// <summary>Pushes it as the settings say; nothing where message push is off.</summary>
    public async Task PushAsync(JsonObject fields, CancellationToken cancellationToken)
    {
        if (CanSend(null))
        {
            await SendAsync(new SandboxPushed(fields), cancellationToken);
        }
    }

    /// <summary>Pushes it; each delivery, the last one being the one that was taken, if any was.</summary>
    public async Task<IReadOnlyList<SandboxDelivery>> SendAsync(SandboxPushed pushed, CancellationToken cancellationToken)
    {
        var (address, body) = Write(pushed);
        var deliveries = new List<SandboxDelivery>();
        var taken = false;
        while (!taken && deliveries.Count < Deliveries)
        {
            (taken, var delivery) = await DeliverAsync(address, body, pushed.IsXml, cancellationToken);
            deliveries.Add(delivery);
        }

        return deliveries;
    }

    private (Uri Address, byte[] Body) Write(SandboxPushed pushed)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var fields = new JsonObject
        {
            ["ToUserName"] = ToUser,
            ["FromUserName"] = SandboxLogins.OpenId(app.Value.AppId, pushed.User),
            ["CreateTime"] = now,
            ["MsgType"] = "event",
        };
        foreach (var (name, value) in pushed.Event)
        {
            fields[name] = value?.DeepClone();
        }

        var mode = pushed.Mode ?? push.Value.Mode;
        var timestamp = now.ToString(CultureInfo.InvariantCulture);
        var nonce = RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture);
        var token = push.Value.Token!;
        var query = $"signature={SandboxPushCrypto.Sign(token, timestamp, nonce)}&timestamp={timestamp}&nonce={nonce}&openid={Uri.EscapeDataString((string)fields["FromUserName"]!)}";
        if (mode != WeChatPushOptions.Plain)
        {
            var encrypted = SandboxPushCrypto.Encrypt(push.Value.EncodingAesKey!, app.Value.AppId, SandboxPushFormat.Write(fields, pushed.IsXml));
            query += $"&encrypt_type=aes&msg_signature={SandboxPushCrypto.Sign(token, timestamp, nonce, encrypted)}";
            fields = mode == WeChatPushOptions.Compatible ? fields : new JsonObject { ["ToUserName"] = ToUser };
            fields["Encrypt"] = encrypted;
        }

        return (new Uri(self.Base(), $"{SecretPathContextFactory.Push}?{query}"), Encoding.UTF8.GetBytes(SandboxPushFormat.Write(fields, pushed.IsXml)));
    }

    private async Task<(bool Taken, SandboxDelivery Delivery)> DeliverAsync(Uri address, byte[] body, bool isXml, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(isXml ? "text/xml" : "application/json");
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var answer = await client.PostAsync(address, content, patience.Token);
            var text = await answer.Content.ReadAsStringAsync(patience.Token);
            return ((int)answer.StatusCode == StatusCodes.Status200OK && text is ("" or "success"), new SandboxDelivery((int)answer.StatusCode, watch.ElapsedMilliseconds));
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (false, new SandboxDelivery(null, watch.ElapsedMilliseconds));
        }
    }
}
