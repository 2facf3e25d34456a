using System.Globalization;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Filings;

/// <summary>When the reviewer should call, on working days in Shanghai. Both times left out: whenever the provider calls.</summary>
public sealed record CallWindowRequest
{
    /// <summary>Such as <c>09:00</c>.</summary>
    public string? From { get; init; }

    /// <summary>Such as <c>12:00</c>; exclusive, at least an hour later.</summary>
    public string? To { get; init; }

    /// <summary>What the reviewer should know before calling.</summary>
    public string? Note { get; init; }
}

internal static class PutCallWindow
{
    public static Task<Answer> HandleAsync(string filingId, Body<CallWindowRequest> body, CurrentUser user, FilingDesk desk, CancellationToken cancellationToken)
    {
        var request = body.Value;
        if (new Lengths().Text(request.Note, FieldLengths.Note, "/note").Refusal is { } tooLong)
        {
            return Task.FromResult(tooLong.ToAnswer());
        }

        if (request is { From: null, To: null })
        {
            return desk.ChangeAsync(filingId, user, IfMatch.Any, view => view.Filing.SetCallWindow(null, user.Actor), cancellationToken);
        }

        return Window(request).TryGet(out var window, out var refusal)
            ? desk.ChangeAsync(filingId, user, IfMatch.Any, view => view.Filing.SetCallWindow(window, user.Actor), cancellationToken)
            : Task.FromResult(refusal.ToAnswer());
    }

    private static Result<CallWindow> Window(CallWindowRequest request)
    {
        var from = Clock(request.From);
        var to = Clock(request.To);
        if (from is null || to is null)
        {
            return RequestErrors.Invalid([new Finding(from is null ? "/from" : "/to", "filing.callTimeBad")]);
        }

        var note = string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim();
        return from < FilingTimes.CallsFrom || to > FilingTimes.CallsTo || to < from || to - from < FilingTimes.ShortestCallWindow
            ? RequestErrors.Invalid([Outside()])
            : new CallWindow(from.Value, to.Value, note);
    }

    private static Finding Outside() => new("/to", "filing.callWindowOutside")
    {
        Args = Texts.Args(("from", Text(FilingTimes.CallsFrom)), ("to", Text(FilingTimes.CallsTo))),
    };

    private static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static TimeOnly? Clock(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
