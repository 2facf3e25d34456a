using System.Text.Json;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Timers.Notify;

/// <summary>What a webhook is told: which filing stands where since when. Nobody's data is in it; whoever needs more asks the API with its own login.</summary>
/// <param name="Id">The key of the message, the same at every attempt and in the header.</param>
/// <param name="Event">What happened, such as <c>approve</c>.</param>
/// <param name="At">When, in business time.</param>
/// <param name="Seq">Grows with each event of the filing, not always by one.</param>
/// <param name="Filing">The filing as it was after the event.</param>
internal sealed record WebhookPayload(string Id, string Event, DateTimeOffset At, int Seq, WebhookFiling Filing)
{
    public static DeliveryBody Body(string key, string webhookId, string eventCode, Filing filing, HistoryEntry entry)
    {
        var s = filing.Snapshot;
        var payload = new WebhookPayload(key, eventCode, entry.At, entry.Seq, new WebhookFiling(s.Id, s.Number, FilingTransitions.NameOf(entry.To), s.Kind));
        return new DeliveryBody(webhookId, null, string.Empty, Domain.Texts.NoArgs, JsonSerializer.SerializeToUtf8Bytes(payload, StoredJson.Options));
    }
}

/// <summary>The filing of a webhook's call.</summary>
/// <param name="Id">Our own id.</param>
/// <param name="Number">The number that people know it by.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Kind">What is filed; left out where it is not known yet.</param>
internal sealed record WebhookFiling(string Id, string Number, string State, FilingKind? Kind);
