using System.Globalization;
using System.Text.Json;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Features.Deliveries;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Timers.Notify;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.ReviewConsole.Deliveries;

/// <summary>A page of deliveries.</summary>
/// <param name="State">Name of the state they are in; <c>all</c> for any.</param>
/// <param name="Channel"><c>sms</c>, <c>mail</c> or <c>webhook</c>; null for any.</param>
/// <param name="Filing">The filing they are about, its number or id as typed; null for any.</param>
/// <param name="Rows">Newest first.</param>
/// <param name="Counts">How full the queue is.</param>
/// <param name="NextCursor">Of the page that follows; null on the last.</param>
public sealed record DeliveriesModel(string State, string? Channel, string? Filing, IReadOnlyList<DeliveryRow> Rows, DeliveryCounts Counts, string? NextCursor)
{
    /// <summary>The query of this list, beginning with a question mark.</summary>
    public string Query
    {
        get
        {
            (string Name, string? Value)[] all = [("state", State), ("channel", Channel), ("filing", Filing)];
            return "?" + string.Join('&', all.Where(a => a.Value is not null).Select(a => $"{a.Name}={Uri.EscapeDataString(a.Value!)}"));
        }
    }
}

internal static class ShowDeliveries
{
    /// <summary>What a page shows that nobody narrowed: what somebody has to look at.</summary>
    private const string DeadLetters = "dead";

    private static readonly Dictionary<string, DeliveryState> States =
        Enum.GetValues<DeliveryState>().ToDictionary(s => JsonNamingPolicy.CamelCase.ConvertName(s.ToString()), s => s, StringComparer.Ordinal);

    public static async Task<IResult> HandleAsync(HttpContext http, PageRequest page, IDeliveryStore queue, IFilingStore filings, CancellationToken cancellationToken)
    {
        var query = http.Request.Query;
        var state = query["state"].ToString() is { Length: > 0 } named && (named == "all" || States.ContainsKey(named)) ? named : DeadLetters;
        var channel = query["channel"].ToString() is "sms" or "mail" or "webhook" ? query["channel"].ToString() : null;
        var typed = query["filing"].ToString().Trim() is { } text && CloudResource.IsId(text) ? text : null;
        var filing = typed is not null && await filings.FindByNumberAsync(typed.ToUpper(CultureInfo.InvariantCulture), cancellationToken) is { } found ? found.Snapshot.Id : typed;
        var before = long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null;
        var filter = new DeliveryFilter(States.TryGetValue(state, out var one) ? one : null, channel, filing);
        var shown = Page.Of(await queue.PageAsync(filter, before, page.Take, cancellationToken), page, r => r.Id.ToString(CultureInfo.InvariantCulture), r => r);
        var model = new DeliveriesModel(state, channel, typed, shown.Items, await queue.CountAsync(cancellationToken), shown.NextCursor);
        return ConsolePage.Show<DeliveriesPage>(http, "deliveries.title", model);
    }

    /// <summary>Back to the list that the button was on.</summary>
    internal static async Task<string> ToAsync(HttpContext http) => (await ConsoleForms.ReadAsync(http)).Text("to");
}

internal static class RetryHere
{
    public static async Task<IResult> HandleAsync(string deliveryId, HttpContext http, IDeliveryStore queue, IOptions<NotifyOptions> options, TimeProvider time, CancellationToken cancellationToken)
    {
        var answer = await RetryDelivery.HandleAsync(deliveryId, queue, options, time, cancellationToken);
        return ConsolePage.Back(http, await ShowDeliveries.ToAsync(http), answer.Error, "deliveries.retried");
    }
}

internal static class DropHere
{
    public static async Task<IResult> HandleAsync(string deliveryId, HttpContext http, IDeliveryStore queue, TimeProvider time, CancellationToken cancellationToken)
    {
        var answer = await DropDelivery.HandleAsync(deliveryId, queue, time, cancellationToken);
        return ConsolePage.Back(http, await ShowDeliveries.ToAsync(http), answer.Error, "deliveries.dropped");
    }
}
