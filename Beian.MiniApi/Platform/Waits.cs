using System.Globalization;

namespace Beian.MiniApi.Platform;

/// <summary>How long to wait, for people; programs read the header <c>Retry-After</c>.</summary>
internal static class Waits
{
    /// <summary>Stands in a text where the wait is said.</summary>
    public const string Placeholder = "{wait}";

    private const int Minute = 60;
    private const int Hour = 3600;

    /// <summary>The wait in seconds, from two minutes on in minutes, from two hours on in hours, rounded up; a vague word when it is not known.</summary>
    public static string Say(TimeSpan? wait, bool english)
    {
        if (wait is not { } time)
        {
            return english ? "a while" : "片刻";
        }

        var seconds = Math.Max(1, (long)Math.Ceiling(time.TotalSeconds));
        var (unit, chinese, name) = seconds < 2 * Minute ? (1, "秒", "second") : seconds < 2 * Hour ? (Minute, "分钟", "minute") : (Hour, "小时", "hour");
        var count = (seconds + unit - 1) / unit;
        return english
            ? string.Create(CultureInfo.InvariantCulture, $"{count} {name}{(count == 1 ? string.Empty : "s")}")
            : string.Create(CultureInfo.InvariantCulture, $" {count} {chinese}");
    }
}
