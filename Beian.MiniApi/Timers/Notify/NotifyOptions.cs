using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Timers.Notify;

/// <summary>Messages by text message, mail and webhook. Nothing is queued for a way that is not set up.</summary>
public sealed class NotifyOptions
{
    public const string Section = "Notify";

    /// <summary>Language of text messages and mails about the filings of users who have chosen none, <c>zh-CN</c> or <c>en</c>; default <c>zh-CN</c>.</summary>
    [Required]
    [AllowedValues("zh-CN", "en")]
    public string Language { get; set; } = "zh-CN";

    /// <summary>Messages that are sent at once; default 16.</summary>
    [Range(1, 256)]
    public int MaxAtOnce { get; set; } = 16;

    /// <summary>Messages that are sent at once by the text message provider, by the mail server, or to one webhook, so that none of them takes all of <c>MaxAtOnce</c>; default 4.</summary>
    [Range(1, 256)]
    public int MaxPerLane { get; set; } = 4;

    /// <summary>How long a process has for one attempt before another may take the message over, and so how long a killed one delays it, two seconds to ten minutes; default one minute.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Pause after a first failure, doubled by each further one up to four hours and spread by a quarter; default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Attempts before a message becomes a dead letter; default 16, which is about a day.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 16;

    /// <summary>How long a message may wait before it becomes a dead letter, one hour to 30 days; default 3 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan WaitAtMost { get; set; } = TimeSpan.FromDays(3);

    /// <summary>When the quiet hours begin, in which text messages and mails that are not urgent wait, by the clock in Shanghai; default 22:00. The same as <c>QuietTo</c> for none.</summary>
    public TimeOnly QuietFrom { get; set; } = new(22, 0);

    /// <summary>When they end; default 08:00.</summary>
    public TimeOnly QuietTo { get; set; } = new(8, 0);

    /// <summary>How long it is kept what became of a message; default 90 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Kept { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Whether an instant lies in the quiet hours.</summary>
    public bool IsQuiet(DateTimeOffset at)
    {
        var now = TimeOnly.FromDateTime(at.ToOffset(Domain.ChinaTime.Offset).DateTime);
        return QuietFrom <= QuietTo ? now >= QuietFrom && now < QuietTo : now >= QuietFrom || now < QuietTo;
    }
}
