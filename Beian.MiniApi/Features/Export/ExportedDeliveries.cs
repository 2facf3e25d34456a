using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Export;

/// <summary>
/// The text messages and mails that went to the people of a filing. A message that is out keeps a fingerprint of its address only, so the addresses that the
/// filing names, now or in an earlier round, are compared with it.
/// </summary>
internal sealed class ExportedDeliveries(IDeliveryStore deliveries, BlindIndex index)
{
    private static readonly string[] ToPeople = ["sms", "mail"];

    /// <summary>Messages about one filing, newest first.</summary>
    public async IAsyncEnumerable<ExportedMessageOutView> OfAsync(Filing filing, int pageRows)
    {
        var addresses = AddressesOf(filing.Snapshot);
        var rows = ExportStream.Pages(
            k => deliveries.PageAsync(new DeliveryFilter(FilingId: filing.Id), k is null ? null : long.Parse(k, null), pageRows, default), d => d.Id.ToString((IFormatProvider?)null), pageRows);
        await foreach (var d in rows)
        {
            if (ToPeople.Contains(d.Channel))
            {
                yield return new ExportedMessageOutView(d.FilingId, d.Channel, addresses.GetValueOrDefault(d.Target), d.Event, d.State, d.Reason, d.Attempts, d.QueuedAt, d.EndedAt);
            }
        }
    }

    private Dictionary<string, string> AddressesOf(FilingSnapshot s)
    {
        var people = s.Sites.Select(x => x.Principal).Append(s.Subject.Principal)
            .Concat(s.Rounds.SelectMany(r => r.Form.Sites.Select(x => x.Principal).Append(r.Form.Subject.Principal)));
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var person in people)
        {
            if (person.Mobile is { } mobile)
            {
                found.TryAdd(index.Of(BlindIndex.DeliveryMobile, PhoneNumbers.NormaliseMobile(mobile)), mobile);
            }

            if (person.Email is { } email)
            {
                found.TryAdd(index.Of(BlindIndex.DeliveryEmail, email.ToUpperInvariant()), email);
            }
        }

        return found;
    }
}
