using System.Globalization;
using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Features.Webhooks;

/// <summary>Refusals about webhooks; what is wrong with an address is said elsewhere.</summary>
public static class WebhookErrors
{
    private const int MaxEchoed = 40;

    public static DomainError NotFound() => new("webhook.notFound", ErrorKind.NotFound);

    public static DomainError TooMany(int limit) =>
        new("webhook.tooMany", ErrorKind.Conflict) { Args = Texts.Args(("limit", limit.ToString(CultureInfo.InvariantCulture))) };

    public static Finding UrlMissing() => new("/url", "webhook.urlMissing");

    public static Finding AccountUnknown() => new("/accountId", "webhook.accountUnknown");

    public static Finding KeepOldOutOfRange() => new("/keepOldHours", "webhook.keepOldOutOfRange");

    public static Finding EventUnknown(int index, string code) =>
        new("/events/" + index.ToString(CultureInfo.InvariantCulture), "webhook.eventUnknown") { Args = Texts.Args(("event", code.Length > MaxEchoed ? code[..MaxEchoed] + "…" : code)) };
}
