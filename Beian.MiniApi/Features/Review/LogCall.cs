using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Review;

/// <summary>A telephone call.</summary>
public sealed record LogCallRequest
{
    /// <summary>One of the filing's numbers, in full or as the reviewer's masked view shows it.</summary>
    public required string Phone { get; init; }

    /// <summary><c>reached</c>, <c>noAnswer</c> or <c>wrongNumber</c>.</summary>
    public required CallOutcome Outcome { get; init; }

    public string? Note { get; init; }
}

internal static class LogCall
{
    public static async Task<Answer> HandleAsync(
        string filingId, Body<LogCallRequest> body, CurrentUser user, FilingDesk desk, ReviewViews views, CheckBell bell, CancellationToken cancellationToken)
    {
        var call = body.Value;
        if (new Lengths().Text(call.Phone, FieldLengths.Phone, "/phone").Text(call.Note, FieldLengths.Note, "/note").Refusal is { } tooLong)
        {
            return tooLong.ToAnswer();
        }

        var answer = await ReviewDesk.ChangeAsync(
            filingId, desk, views, view => view.Filing.LogCall(Meant(view.Filing, call.Phone), call.Outcome, call.Note, user.Actor, view.Now), cancellationToken);
        bell.Wake();
        return answer;
    }

    /// <summary>The number that a masked one stands for; itself when it is none, or could be two.</summary>
    private static string Meant(Filing filing, string phone) => filing.Phones().Where(p => Mask.Phone(p) == phone).ToArray() is [var only] ? only : phone;
}
