using System.Globalization;
using System.Net.Http.Headers;

namespace Beian.MiniApi.Channels;

/// <summary>What an HTTP status says of an attempt.</summary>
internal static class HttpEnds
{
    /// <summary>Longest pause that is believed; what asks for more is asked again after it.</summary>
    private static readonly TimeSpan MaxPause = TimeSpan.FromHours(24);

    /// <summary>2xx is taken; too late, too early, too many and a server's own fault are not now; the rest, redirects among it, is never.</summary>
    public static ParcelEnd Of(int status) => status switch
    {
        >= 200 and < 300 => ParcelEnd.Taken,
        408 or 425 or 429 or >= 500 => ParcelEnd.NotNow,
        _ => ParcelEnd.Refused,
    };

    /// <summary>Such as <c>status503</c>.</summary>
    public static string ReasonOf(int status) => string.Create(CultureInfo.InvariantCulture, $"status{status}");

    /// <summary>The pause that was asked for, in seconds or until a date; null when none was, or it is over.</summary>
    public static TimeSpan? RetryAfterOf(RetryConditionHeaderValue? header, DateTimeOffset now) =>
        (header?.Delta ?? (header?.Date - now)) is { } pause && pause > TimeSpan.Zero ? (pause > MaxPause ? MaxPause : pause) : null;
}
