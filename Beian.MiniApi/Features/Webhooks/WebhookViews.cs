using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Webhooks;

/// <summary>A webhook without its secret, which is shown once.</summary>
/// <param name="Id">Names it in the routes.</param>
/// <param name="Url">What is called.</param>
/// <param name="AccountId">Whose filings it hears of; null for those of every account.</param>
/// <param name="Events">What it hears of; empty for everything.</param>
/// <param name="Active">Whether it is called; what happens while it is not is not told later.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="OldSecretUntil">Until when the secret before signs too; null when there is none.</param>
public sealed record WebhookView(string Id, string Url, string? AccountId, IReadOnlyList<string> Events, bool Active, DateTimeOffset CreatedAt, DateTimeOffset? OldSecretUntil)
{
    /// <summary>Without the address: records end up in logs.</summary>
    public override string ToString() => $"WebhookView {Id}";

    internal static WebhookView From(Webhook webhook) =>
        new(webhook.Id, webhook.Url.AbsoluteUri, webhook.AccountId, webhook.Events, webhook.Active, webhook.CreatedAt, webhook.OldSecretUntil);
}

/// <summary>All webhooks, oldest first.</summary>
public sealed record WebhooksView(IReadOnlyList<WebhookView> Items);

/// <summary>A webhook with its new secret, which is shown this once.</summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="Secret">Key of the HMAC, in base64.</param>
public sealed record WebhookSecretView(WebhookView Webhook, string Secret)
{
    public override string ToString() => $"WebhookSecretView {Webhook.Id}";
}

/// <summary>A webhook as it shall be.</summary>
public sealed record WebhookRequest
{
    /// <summary>A complete https address behind which nothing but public addresses stand.</summary>
    public string? Url { get; init; }

    /// <summary>Whose filings it hears of, only when it is registered; absent for those of every account.</summary>
    public string? AccountId { get; init; }

    /// <summary>What it hears of, such as <c>approve</c>; absent or empty for everything.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>Whether it is called; absent means yes.</summary>
    public bool? Active { get; init; }

    public override string ToString() => nameof(WebhookRequest);
}

/// <summary>A new secret.</summary>
public sealed record WebhookSecretRequest
{
    /// <summary>Hours for which the old secret signs too, 0 to 168; absent means 24.</summary>
    public int? KeepOldHours { get; init; }
}
