using System.Security.Cryptography;
using Beian.MiniApi.Channels;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Messages;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Webhooks;

/// <summary>Judges what an admin asks a webhook to be, and makes its secrets.</summary>
public sealed class WebhookDesk(IWebhookAddresses addresses, IAccountStore accounts)
{
    /// <summary>Each event is written once for each of them.</summary>
    public const int MaxWebhooks = 100;

    private const int SecretBytes = 32;

    /// <summary>The webhook that a request describes, or why there can be none.</summary>
    /// <param name="request">As it came.</param>
    /// <param name="template">What the request does not say.</param>
    /// <param name="cancellationToken">Ends the look-up of the name.</param>
    public async Task<Result<Webhook>> ReadAsync(WebhookRequest request, Webhook template, CancellationToken cancellationToken)
    {
        var events = request.Events ?? [];
        var wrong = events.Select((e, i) => (Code: e, Index: i)).Where(e => !MessageEvent.All.ContainsKey(MessageEvent.Prefix + e.Code)).Select(e => WebhookErrors.EventUnknown(e.Index, e.Code)).ToList();
        if (string.IsNullOrWhiteSpace(request.Url))
        {
            wrong.Add(WebhookErrors.UrlMissing());
        }

        if (template.AccountId is { } account && await accounts.FindAsync(account, cancellationToken) is null)
        {
            wrong.Add(WebhookErrors.AccountUnknown());
        }

        if (wrong.Count > 0 || !Uri.TryCreate(request.Url, UriKind.RelativeOrAbsolute, out var url))
        {
            return RequestErrors.Invalid(wrong.Count > 0 ? wrong : [WebhookErrors.UrlMissing()]);
        }

        return await addresses.CheckAsync(url, cancellationToken) is { } refused
            ? refused
            : template with { Url = url, Events = [.. events.Distinct(StringComparer.Ordinal)], Active = request.Active ?? true };
    }

    /// <summary>256 random bits.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);
}
